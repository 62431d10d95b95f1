package org.securechat.domain.account;

import org.securechat.domain.session.SessionSettings;

/** Limits and windows of time of accounts. */
public record AccountSettings(
    RegistrationSettings registrations, SessionSettings sessions, BlockSettings blocks) {}

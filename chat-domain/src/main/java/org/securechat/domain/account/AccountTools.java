package org.securechat.domain.account;

import org.securechat.domain.credential.CredentialGate;

/**
 * What the use cases of accounts share.
 *
 * @param decoy stands in for the account of a name that nobody has
 */
record AccountTools(
    CredentialGate gate,
    CredentialCheck check,
    AccountChecks checks,
    AccountSecrets secrets,
    Account decoy) {}

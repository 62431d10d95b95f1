package org.securechat.domain.file;

import java.util.Optional;
import org.securechat.domain.conversation.Participant;

/**
 * What an upload is decided by.
 *
 * @param uploader the uploader's part in the conversation
 * @param files how many files the uploader has, this one and those on their way not counted
 * @param bytes of these
 */
public record UploadFacts(Optional<Participant> uploader, int files, long bytes) {}

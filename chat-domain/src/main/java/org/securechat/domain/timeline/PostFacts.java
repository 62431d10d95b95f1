package org.securechat.domain.timeline;

import java.util.List;
import java.util.Optional;
import org.securechat.domain.file.StoredFile;

/**
 * What a message is decided by.
 *
 * @param earlier the sender's entry that has the same client id already
 * @param files of those that the draft names, those that are there
 */
public record PostFacts(TimelineFacts timeline, Optional<Long> earlier, List<StoredFile> files) {
  public PostFacts {
    files = List.copyOf(files);
  }
}

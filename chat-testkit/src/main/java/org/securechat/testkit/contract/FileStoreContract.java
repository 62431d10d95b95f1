package org.securechat.testkit.contract;

import org.securechat.domain.file.FileStore;

/** What every {@link FileStore} does; implement it in a test class of the adapter. */
public interface FileStoreContract extends UploadContract, FileSweepContract {}

package org.securechat.client.state;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import org.securechat.client.storage.OwnerOnly;
import org.securechat.client.storage.OwnerOnlyFile;
import org.securechat.client.storage.SharedFileException;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.protocol.key.DeviceKey;
import org.securechat.protocol.key.DoesNotOpenException;
import org.securechat.protocol.key.IdentityKeyPair;

/**
 * One file, sealed with a key from the account's identity: whoever has the file and not the
 * password learns its length. Replaced as a whole, on the disk before a message leaves; locked
 * against a second process for as long as it is open. Whoever can put an older copy in its place
 * can make a device forget what it saw since.
 */
public final class SealedStateFile implements StateStore, AutoCloseable {
  /** Bytes of the file at most. */
  public static final int MAX_BYTES = 64 << 20;

  private static final String FORMAT = "secure-chat/v1 device state\n";

  private final OwnerOnlyFile file;
  private final FileChannel lock;
  private final DeviceKey key;
  private final RandomSource random;

  private SealedStateFile(
      OwnerOnlyFile file, FileChannel lock, DeviceKey key, RandomSource random) {
    this.file = file;
    this.lock = lock;
    this.key = key;
    this.random = random;
  }

  /**
   * Locks the file, which need not be there yet.
   *
   * @throws StateException if a process has it open, this one included
   */
  public static SealedStateFile open(Path path, IdentityKeyPair owner, RandomSource random) {
    OwnerOnlyFile file = new OwnerOnlyFile(path);
    try {
      file.makeFolder();
      return new SealedStateFile(file, lock(file.path()), owner.stateKey(), random);
    } catch (IOException e) {
      throw new StateException(file.path() + " can't be locked for use.");
    }
  }

  /** On a file beside it, because the file itself is replaced. */
  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            lockOf(path),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            OwnerOnly.attributes("rw-------"));
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // By this process: refused like any other.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new StateException(
        "Another client has this account's conversations open ("
            + path
            + "); close it first, or use that one.");
  }

  private static Path lockOf(Path path) {
    return path.resolveSibling(path.getFileName() + ".lock");
  }

  @Override
  public DeviceState load() {
    try {
      return StateJson.read(key.open(sealed(file.read(MAX_BYTES)), FORMAT));
    } catch (NoSuchFileException e) {
      return DeviceState.EMPTY;
    } catch (SharedFileException e) {
      throw new StateException(
          file.path() + " may be read or written by others; its owner alone should (chmod 600).");
    } catch (DoesNotOpenException | InvalidValueException e) {
      throw new StateException(
          file.path()
              + " is damaged, or another account's. Without it no message is lost, but everybody"
              + " is new again: compare safety numbers once more after you remove it.");
    } catch (IOException e) {
      throw new StateException(file.path() + " can't be read.");
    }
  }

  private static byte[] sealed(byte[] text) {
    byte[] format = FORMAT.getBytes(US_ASCII);
    if (text.length < format.length
        || !Arrays.equals(text, 0, format.length, format, 0, format.length)) {
      throw new InvalidValueException("Another format");
    }
    return Arrays.copyOfRange(text, format.length, text.length);
  }

  @Override
  public void save(DeviceState state) {
    byte[] format = FORMAT.getBytes(US_ASCII);
    byte[] sealed = key.seal(StateJson.write(state), FORMAT, random);
    byte[] text = Arrays.copyOf(format, format.length + sealed.length);
    System.arraycopy(sealed, 0, text, format.length, sealed.length);
    if (text.length > MAX_BYTES) {
      throw new StateException(file.path() + " would be larger than 64 MiB.");
    }
    try {
      file.write(text);
    } catch (IOException e) {
      throw new StateException(file.path() + " can't be written.");
    }
  }

  /** Lets another process have it. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      // The system takes the lock back with the process.
    }
  }

  /**
   * Removes what was kept there, if anything was. The lock's empty file stays: another process may
   * wait for it.
   *
   * @throws StateException if a process has it open
   * @throws IOException if it is still there
   */
  public static void delete(Path path) throws IOException {
    OwnerOnlyFile file = new OwnerOnlyFile(path);
    if (Files.exists(file.path())) {
      FileChannel held = lock(file.path());
      try (held) {
        file.delete();
      }
    }
  }

  @Override
  public String toString() {
    return "SealedStateFile[" + file.path() + "]";
  }
}

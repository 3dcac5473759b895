package lanewise.io;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes one SHA-256 hash, block by block. */
public final class Sha256 {
  private final MessageDigest digest;

  /** Starts a hash of no bytes. */
  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /**
   * Adds a buffer's remaining bytes.
   *
   * @param bytes fully consumed
   * @return this
   */
  public Sha256 add(ByteBuffer bytes) {
    digest.update(bytes);
    return this;
  }

  /**
   * Adds bytes.
   *
   * @param bytes all of them are added
   * @return this
   */
  public Sha256 add(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  /**
   * Completes the hash; add nothing afterwards.
   *
   * @return 32 bytes
   */
  public byte[] digest() {
    return digest.digest();
  }

  /**
   * Completes the hash; add nothing afterwards.
   *
   * @return 64 lower-case hexadecimal digits
   */
  public String hex() {
    return HexFormat.of().formatHex(digest());
  }
}

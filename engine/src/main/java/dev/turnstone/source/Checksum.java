package dev.turnstone.source;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/** The checksum of a file. Line ends make no difference, because a checkout may change them. */
public final class Checksum {

    private Checksum() {}

    /** Returns the SHA-256 of some pieces of text, as 64 hexadecimal digits. */
    public static String of(Stream<String> pieces) {
        MessageDigest digest = sha256();
        pieces.forEach(piece -> digest.update((piece.replace("\r\n", "\n") + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}

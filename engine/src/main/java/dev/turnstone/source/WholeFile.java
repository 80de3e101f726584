package dev.turnstone.source;

import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import java.nio.file.Path;

/** Reading of a directory's files. */
final class WholeFile {

    private WholeFile() {}

    /** A file's text exactly as it is. */
    static SqlText read(Path directory, String origin) {
        String text = Utf8Text.decode(origin, SqlFileSource.bytes(directory.resolve(origin)));
        return new SqlText(text, new Location(origin, 1, 1));
    }

    /** A file as lines, whose ends are {@code \n}. */
    static RevisionLines lines(Path directory, String origin) {
        return RevisionLines.of(origin, read(directory, origin).text());
    }
}

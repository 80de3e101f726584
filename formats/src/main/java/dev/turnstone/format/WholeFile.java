package dev.turnstone.format;

import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import dev.turnstone.source.RevisionLines;
import dev.turnstone.source.SqlFileSource;
import dev.turnstone.source.Utf8Text;
import java.nio.file.Path;

/** Reads the files of a directory. */
final class WholeFile {

    private WholeFile() {}

    /** Returns a file's text unchanged. */
    static SqlText read(Path directory, String origin) {
        String text = Utf8Text.decode(origin, SqlFileSource.bytes(directory.resolve(origin)));
        return new SqlText(text, new Location(origin, 1, 1));
    }

    /** Returns a file as lines, whose ends are {@code \n}. */
    static RevisionLines lines(Path directory, String origin) {
        return RevisionLines.of(origin, read(directory, origin).text());
    }
}

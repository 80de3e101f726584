package dev.turnstone.scenario;

import static dev.turnstone.scenario.PlantedDefect.BOTH;

import dev.turnstone.revision.Direction;
import dev.turnstone.scenario.PlantedDefect.Circumstances;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;

/** What only the user's own rows and the user's own words about them show. */
class DataDefects extends PlantedDefects {

    private static final String READERS = """
            # 1 up
            CREATE TABLE readers (id integer PRIMARY KEY, email varchar(80) NOT NULL);
            # 1 down
            DROP TABLE readers;
            """;

    private static PlantedDefect planted(
            String name, RowOptions rows, String second, String corrected, String finding) {
        return PlantedDefect.of(name, BOTH, "rows", READERS + second, corrected, finding)
                .under((plain, isPlanted, directory) ->
                        Circumstances.with(plain.options().with(rows), plain));
    }

    @Override
    List<PlantedDefect> defects() {
        RowOptions own = RowOptions.DEFAULT.with(
                OwnRows.ofSql("000001", "INSERT INTO readers VALUES (1, 'Ada@Example.org'), (2, 'ada@example.org')"));
        return List.of(
                planted(
                        "values are not what the user says they are after the upgrade",
                        own.with(new DataAssertion("000002", Direction.UPGRADE, connection -> {
                            try (Statement statement = connection.createStatement();
                                    ResultSet result = statement.executeQuery(
                                            "SELECT count(*) FROM readers WHERE handle IS NULL OR handle <> lower(email)")) {
                                result.next();
                                if (result.getInt(1) > 0) {
                                    throw new AssertionError(result.getInt(1) + " readers have no handle");
                                }
                            }
                        })),
                        """
                        # 2 up
                        ALTER TABLE readers ADD COLUMN handle varchar(80);
                        UPDATE readers SET handle = email;
                        # 2 down
                        ALTER TABLE readers DROP COLUMN handle;
                        """,
                        """
                        # 2 up
                        ALTER TABLE readers ADD COLUMN handle varchar(80);
                        UPDATE readers SET handle = lower(email);
                        """,
                        "000002 assertion-failed revision 000002 error"),
                planted(
                        "unique index that the user's rows violate",
                        own,
                        """
                        # 2 up
                        CREATE UNIQUE INDEX ux_readers ON readers (lower(email));
                        # 2 down
                        DROP INDEX ux_readers;
                        """,
                        """
                        # 2 up
                        CREATE UNIQUE INDEX ux_readers ON readers (email);
                        """,
                        "000002 up-fails-on-rows revision 000002 error"));
    }
}

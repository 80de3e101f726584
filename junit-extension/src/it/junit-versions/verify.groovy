def log = new File(basedir, "build.log").text
def versions = (log =~ /runs on JUnit ([0-9.]+)/).collect { it[1] }.unique()
assert versions.size() == 3 && versions.first() == "5.13.4" && versions.last().startsWith("6.")

// The same checks each time, and none of them passed over.
def runs = (log =~ /(?m)Tests run: (\d+), Failures: 0, Errors: 0, Skipped: 0\s*$/).collect { it[1] as int }
assert runs.size() == 3 && runs.toUnique().size() == 1 && runs.first() > 10

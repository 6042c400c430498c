// The generated Kotlin side of the core. JNA's classes come as a jar here; the app packs the AAR with its libraries.
plugins {
    alias(libs.plugins.kotlin.jvm)
}

val tree: File = rootProject.projectDir.parentFile

/** Builds the core for this machine, and writes the Kotlin that speaks to it: the same for every processor. */
val foreign by tasks.registering(Exec::class) {
    workingDir = tree
    inputs.dir(tree.resolve("bindings"))
    inputs.dir(tree.resolve("core"))
    outputs.dir(layout.buildDirectory.dir("foreign"))
    val out = layout.buildDirectory.dir("foreign").get().asFile.absolutePath
    commandLine(
        "sh", "-c",
        "cargo build --locked --package firebee-bindings --features firebee-bindings/bindgen --lib --bins " +
            "&& scripts/foreign kotlin '$out'",
    )
}

kotlin {
    jvmToolchain(17)
    sourceSets.main { kotlin.srcDir(foreign.map { it.outputs }) }
}

dependencies {
    compileOnly(libs.jna)
    api(libs.coroutines.core)
}

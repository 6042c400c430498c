// The composables. They use what Compose has on every platform: no Context, no resource, nothing of android.*.
plugins {
    alias(libs.plugins.android.library)
    alias(libs.plugins.kotlin.compose)
}

val tree: File = rootProject.projectDir.parentFile

/** The colours and sizes of design/tokens.json, which the console uses too. */
val tokens by tasks.registering(Exec::class) {
    workingDir = tree
    inputs.file(tree.resolve("design/tokens.json"))
    inputs.file(tree.resolve("scripts/tokens"))
    outputs.dir(layout.buildDirectory.dir("tokens"))
    commandLine("python3", "scripts/tokens", layout.buildDirectory.dir("tokens").get().asFile.absolutePath)
}

android {
    namespace = "firebee.ui"
    compileSdk = 36
    defaultConfig { minSdk = 26 }
    buildFeatures { compose = true }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
    sourceSets.named("main") { kotlin.srcDir(tokens.map { it.outputs }) }
}

kotlin { compilerOptions { allWarningsAsErrors = true } }

dependencies {
    api(projects.logic)
    api(platform(libs.compose.bom))
    api(libs.compose.foundation)
    api(libs.compose.material3)
}

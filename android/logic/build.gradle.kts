// View models, the way through the screens, the decisions about permissions, camera and track: plain Kotlin.
plugins {
    alias(libs.plugins.kotlin.jvm)
}

kotlin {
    jvmToolchain(17)
    compilerOptions { allWarningsAsErrors = true }
}

dependencies {
    api(projects.bridge)
}

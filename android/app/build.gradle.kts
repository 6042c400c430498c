// What the phone itself is asked: activity, service, jobs, camera, keystore, files. It decides nothing.
plugins {
    alias(libs.plugins.android.application)
    alias(libs.plugins.kotlin.compose)
}

val tree: File = rootProject.projectDir.parentFile
val processors = listOf("arm64-v8a", "armeabi-v7a", "x86_64")

/** The core for the processors of phones. It needs the NDK and `cargo install cargo-ndk`. */
val core by tasks.registering(Exec::class) {
    workingDir = tree
    inputs.dir(tree.resolve("bindings"))
    inputs.dir(tree.resolve("core"))
    outputs.dir(layout.buildDirectory.dir("core"))
    val out = layout.buildDirectory.dir("core").get().asFile.absolutePath
    val targets = processors.flatMap { listOf("-t", it) }
    commandLine(
        listOf("cargo", "ndk") + targets + listOf("-P", "26", "-o", out) +
            listOf("build", "--locked", "--profile", "ship", "--package", "firebee-bindings"),
    )
}

android {
    namespace = "firebee.app"
    compileSdk = 36
    defaultConfig {
        applicationId = "cn.firebee.app"
        minSdk = 26
        targetSdk = 36
        versionCode = providers.environmentVariable("FIREBEE_VERSION_CODE").orElse("1").get().toInt()
        versionName = providers.environmentVariable("FIREBEE_VERSION").orElse("0.1.0").get()
        ndk { abiFilters += processors }
    }
    signingConfigs {
        val store = providers.environmentVariable("FIREBEE_KEYSTORE")
        if (store.isPresent) {
            create("release") {
                storeFile = file(store.get())
                storePassword = providers.environmentVariable("FIREBEE_KEYSTORE_PASSWORD").get()
                keyAlias = providers.environmentVariable("FIREBEE_KEY_ALIAS").get()
                keyPassword = providers.environmentVariable("FIREBEE_KEY_PASSWORD").get()
            }
        }
    }
    buildTypes {
        release {
            isMinifyEnabled = true
            isShrinkResources = true
            proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"), "proguard-rules.pro")
            signingConfig = signingConfigs.findByName("release")
        }
    }
    buildFeatures {
        compose = true
        buildConfig = true
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
    sourceSets.named("main") { jniLibs.srcDir(core.map { it.outputs }) }
    androidResources { localeFilters += listOf("zh", "en") }
}

dependencies {
    implementation(projects.ui)
    implementation(libs.activity.compose)
    implementation(libs.coroutines.android)
    implementation(libs.jna) { artifact { type = "aar" } }
}

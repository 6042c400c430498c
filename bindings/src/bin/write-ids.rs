//! Writes what follows from the domain's list of ids for the foreign languages: their types, and how the generated code
//! makes them out of text.
//!
//! usage: write-ids FOLDER      writes ids.toml, Ids.kt and Ids.swift

use std::{env, fs, io, path::PathBuf, process::ExitCode};

/// How an id is written; a function of each language's hand-written `Forms` checks it.
#[derive(Clone, Copy)]
enum Form {
    Uuid,
    Content,
}

impl Form {
    const fn check(self) -> &'static str {
        match self {
            Self::Uuid => "isUuid",
            Self::Content => "isContent",
        }
    }
}

struct Id {
    name: &'static str,
    sentence: &'static str,
    form: Form,
}

macro_rules! list { (
    uuid { $(#[doc = $uuid_doc:literal] $uuid:ident,)* }
    content { $(#[doc = $content_doc:literal] $content:ident,)* }
) => {
    const IDS: &[Id] = &[
        $(Id { name: stringify!($uuid), sentence: $uuid_doc, form: Form::Uuid },)*
        $(Id { name: stringify!($content), sentence: $content_doc, form: Form::Content },)*
    ];
}; }

firebee_domain::each_id!(list);

/// How the generated code makes an id of text and text of it. In Python a UUID is the library's own.
fn conversions(id: &Id) -> String {
    let mut text = String::new();
    for (language, lift) in [("kotlin", ""), ("swift", "value: ")] {
        let section = format!("[crates.firebee.bindings.{language}.custom_types.{}]", id.name);
        text += &format!("{section}\nlift = \"{}({lift}{{}})\"\nlower = \"{{}}.value\"\n\n", id.name);
    }
    if matches!(id.form, Form::Uuid) {
        text += &format!("[crates.firebee.bindings.python.custom_types.{}]\n", id.name);
        text += "type_name = \"uuid.UUID\"\nimports = [\"uuid\"]\nlift = \"uuid.UUID({})\"\nlower = \"str({})\"\n\n";
    }
    text
}

fn kotlin(id: &Id) -> String {
    let (name, sentence, check) = (id.name, id.sentence.trim(), id.form.check());
    format!(
        "/** {sentence} */
@JvmInline
public value class {name} internal constructor(public val value: String) {{
    override fun toString(): String = value

    public companion object {{
        /** The id that a text is; nothing if it is none. */
        public fun of(text: String): {name}? = if ({check}(text)) {name}(text) else null
    }}
}}

"
    )
}

fn swift(id: &Id) -> String {
    let (name, sentence, check) = (id.name, id.sentence.trim(), id.form.check());
    format!(
        "/// {sentence}
public struct {name}: TextId {{
    public let value: String

    init(value: String) {{ self.value = value }}

    /// The id that a text is; nothing if it is none.
    public init?(_ text: String) {{
        guard {check}(text) else {{ return nil }}
        value = text
    }}
}}

"
    )
}

fn write(folder: &PathBuf) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let all = |head: &str, one: fn(&Id) -> String| {
        let parts: String = IDS.iter().map(one).collect();
        format!("{head}{}\n", parts.trim_end())
    };
    fs::write(folder.join("ids.toml"), all("", conversions))?;
    fs::write(folder.join("Ids.kt"), all("package firebee\n\n", kotlin))?;
    fs::write(folder.join("Ids.swift"), all("", swift))
}

fn main() -> ExitCode {
    let Some(folder) = env::args_os().nth(1) else {
        eprintln!("usage: write-ids FOLDER");
        return ExitCode::from(2);
    };
    match write(&PathBuf::from(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the ids cannot be written: {error}");
            ExitCode::FAILURE
        }
    }
}

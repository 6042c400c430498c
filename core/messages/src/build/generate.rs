//! From checked messages to Rust.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::compile::Entered;

/// Writes the enum, its documentation and its implementation of the message trait.
pub(super) fn generate(zh: &BTreeMap<String, Entered>, en: &BTreeMap<String, Entered>) -> String {
    let mut code = String::new();
    let mut keys = String::new();
    let mut variables = String::new();
    let mut all = String::new();
    for (key, message) in zh {
        let name = pascal(key);
        let english = en.get(key).map(|m| m.text.as_str()).unwrap_or_default();
        let _ = writeln!(code, "    #[doc = {:?}]", documented(&message.text, english));
        let _ = writeln!(code, "    {name},");
        let _ = writeln!(keys, "            Self::{name} => {key:?},");
        let _ = writeln!(all, "        Self::{name},");
        if !message.variables.is_empty() {
            let list: Vec<&String> = message.variables.iter().collect();
            let _ = writeln!(variables, "            Self::{name} => &{list:?},");
        }
    }
    format!(
        "/// Every message of this package, by its key. The doc of each is its Chinese and its English text.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\n\
         pub enum Text {{\n{code}}}\n\n\
         impl ::firebee_messages::Message for Text {{\n    \
         const ALL: &'static [Self] = &[\n{all}    ];\n\n    \
         fn key(self) -> &'static str {{\n        match self {{\n{keys}        }}\n    }}\n\n    \
         fn variables(self) -> &'static [&'static str] {{\n        match self {{\n{variables}            \
         _ => &[],\n        }}\n    }}\n\n    \
         fn catalogue() -> &'static ::firebee_messages::Catalogue {{\n        \
         static CATALOGUE: std::sync::LazyLock<::firebee_messages::Catalogue> = std::sync::LazyLock::new(|| {{\n            \
         let zh = include_str!(concat!(env!(\"OUT_DIR\"), \"/zh-CN.ftl\"));\n            \
         let en = include_str!(concat!(env!(\"OUT_DIR\"), \"/en.ftl\"));\n            \
         ::firebee_messages::Catalogue::new(zh, en)\n        }});\n        \
         &CATALOGUE\n    }}\n}}\n"
    )
}

/// Both texts as Markdown in which nothing is markup.
fn documented(zh: &str, en: &str) -> String {
    let mut text = String::new();
    for c in format!(" {zh} / {en}").replace('\n', " ").chars() {
        if matches!(c, '<' | '>' | '[' | ']' | '`' | '*' | '_' | '\\' | '#' | '|' | '~' | ':') {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

/// The name of a key's variant.
pub(super) fn pascal(key: &str) -> String {
    key.split('-')
        .flat_map(|word| {
            let mut letters = word.chars();
            letters.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(letters)
        })
        .collect()
}

//! A colour stands in design/tokens.json, and in the stylesheet that a browser reads. The app's are written from the file.

use crate::tidy::{finding::Finding, rust::is_test_path, tree::Tree};
use std::collections::BTreeMap;

const TOKENS: &str = "design/tokens.json";
const SHEET: &str = "sync-server/assets/console.css";

/// The stylesheet declares the tokens and no colour beside them; the app's sources hold none.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (Some(tokens), Some(sheet)) = (tree.content(TOKENS), tree.content(SHEET)) else { return findings };
    let mut wanted = declarations(tokens);
    for (at, line) in sheet.lines().enumerate() {
        let mut tell = |why: String| findings.push(Finding::new(SHEET, at + 1, why));
        let declared = line.trim().strip_prefix("--").and_then(|line| line.split_once(": "));
        let declared = declared.filter(|(name, _)| wanted.contains_key(*name));
        match declared {
            Some((name, value)) => {
                let wanted = wanted.remove(name).unwrap_or_default();
                if value != wanted {
                    tell(format!("`--{name}` is `{wanted}` in {TOKENS}"));
                }
            }
            None if has_colour(line) => tell(format!("a colour that is no token of {TOKENS}")),
            None => {}
        }
    }
    let missing = wanted.keys().map(|name| Finding::new(SHEET, 1, format!("`--{name}` of {TOKENS} is not declared")));
    findings.extend(missing);
    for file in tree.files.iter().filter(|file| file.path.starts_with("android/") && !is_test_path(&file.path)) {
        if !file.path.ends_with(".kt") && !file.path.ends_with(".xml") {
            continue;
        }
        for (at, line) in file.content.lines().enumerate() {
            if line.contains("Color(0x")
                || line.contains("Color.") && !line.contains("Color.Tr") && !line.contains("import ")
                || has_colour(line)
            {
                findings.push(Finding::new(&file.path, at + 1, format!("a colour stands in {TOKENS} alone")));
            }
        }
    }
    findings
}

/// The tokens as the stylesheet writes them: the colours of both themes, and the sizes that it uses.
fn declarations(tokens: &str) -> BTreeMap<String, String> {
    let tokens: serde_json::Value = serde_json::from_str(tokens).unwrap_or_default();
    let colours = tokens["colours"].as_object().into_iter().flatten();
    let mut wanted: BTreeMap<String, String> = colours
        .map(|(name, pair)| {
            let colour = |at: usize| pair[at].as_str().unwrap_or_default().to_owned();
            (name.clone(), format!("light-dark({}, {});", colour(0), colour(1)))
        })
        .collect();
    wanted.insert("radius".to_owned(), format!("{}px;", tokens["sizes"]["radius"]));
    wanted
}

/// Whether a line holds `#` with three, six or eight hexadecimal digits.
fn has_colour(line: &str) -> bool {
    line.split('#').skip(1).any(|rest| {
        let digits = rest.chars().take_while(char::is_ascii_hexdigit).count();
        let ends = !rest.chars().nth(digits).is_some_and(|c| c.is_ascii_alphanumeric() || c == '-');
        matches!(digits, 3 | 6 | 8) && ends
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r##"{ "colours": { "ink": ["#16181d", "#e8eaee"] }, "sizes": { "radius": 8 } }"##;

    fn found(sheet: &str, app: &str) -> Vec<String> {
        let files = [(TOKENS, FILE), (SHEET, sheet), ("android/ui/src/A.kt", app)];
        check(&Tree::of(&files)).iter().map(ToString::to_string).collect()
    }

    const FINE: &str = ":root {\n  --ink: light-dark(#16181d, #e8eaee);\n  --radius: 8px;\n}\n";

    #[test]
    fn the_stylesheet_says_what_the_file_says() {
        assert_eq!(found(FINE, "val ink = palette.ink\n"), Vec::<String>::new());
        let other = FINE.replace("#16181d", "#16181e");
        assert_eq!(found(&other, ""), [format!("{SHEET}:2: `--ink` is `light-dark(#16181d, #e8eaee);` in {TOKENS}")]);
        assert_eq!(found("", "").len(), 2);
    }

    #[test]
    fn a_colour_beside_the_tokens_is_reported() {
        assert_eq!(found(&format!("{FINE}a {{ color: #fff; }}\n"), "").len(), 1);
        for app in ["val a = Color(0xff000000)\n", "val a = Color.White\n", "<item>#c2410c</item>\n"] {
            assert_eq!(found(FINE, app).len(), 1, "{app}");
        }
    }
}

//! The apps hold no rule: they compute no date, compare no state and no role, and write no text. All of that is the core's.

use crate::tidy::{finding::Finding, tree::Tree};

/// Where the sources of the apps begin.
const SHELLS: [&str; 5] =
    ["android/logic/src/", "android/ui/src/", "android/app/src/", "ios/FirebeeKit/Sources/", "ios/App/"];

/// What reads the phone's clocks for the core.
const CLOCKS: [&str; 2] =
    ["android/app/src/main/kotlin/firebee/app/PhoneClock.kt", "ios/FirebeeKit/Sources/FirebeeKit/Decision/Clock.swift"];

/// What a shell does not name, and why.
const BANNED: [(&str, &str); 19] = [
    ("java.time", "dates are the core's"),
    ("java.util.Date", "dates are the core's"),
    ("Calendar", "dates are the core's"),
    ("DateComponents", "dates are the core's"),
    ("Date(", "dates are the core's"),
    ("DateFormat", "dates are the core's"),
    ("currentTimeMillis", "dates are the core's"),
    ("Instant.", "dates are the core's"),
    (".days", "dates are the core's"),
    ("TaskState", "a state is compared in the core"),
    ("DispatchState", "a state is compared in the core"),
    ("ProjectStatus", "a state is compared in the core"),
    (".state ==", "a state is compared in the core"),
    (".tone ==", "a state is compared in the core"),
    (".word ==", "a state is compared in the core"),
    ("erdict == Verdict", "a state is compared in the core"),
    ("Verdict.NONCONFORM", "a verdict is decided in the core"),
    ("roleWord ==", "a role is compared in the core"),
    (".leads", "a role is compared in the core"),
];

/// No rule and no sentence in the sources of the apps.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files.iter().filter(|file| is_shell(&file.path)) {
        for (at, line) in file.content.lines().enumerate().filter(|(_, line)| !is_comment(line)) {
            let mut tell = |why: String| findings.push(Finding::new(&file.path, at + 1, why));
            for (word, why) in BANNED.iter().filter(|_| !CLOCKS.contains(&file.path.as_str())) {
                if line.contains(word) {
                    tell(format!("`{word}`: {why}"));
                }
            }
            for text in texts(line).filter(|text| is_sentence(text)) {
                tell(format!("\"{text}\": a text for people comes from the core"));
            }
        }
    }
    findings
}

fn is_shell(path: &str) -> bool {
    SHELLS.iter().any(|shell| path.starts_with(shell))
        && [".kt", ".xml", ".swift"].iter().any(|ending| path.ends_with(ending))
}

fn is_comment(line: &str) -> bool {
    ["//", "*", "/*", "<!--"].iter().any(|mark| line.trim_start().starts_with(mark))
}

/// What stands between quotes on a line.
fn texts(line: &str) -> impl Iterator<Item = &str> {
    line.split('"').skip(1).step_by(2)
}

/// Two words beside each other, without what is filled in.
fn is_sentence(text: &str) -> bool {
    let mut words: Vec<String> = Vec::new();
    for word in text.split(' ') {
        let filled = word.contains(['$', '{', '}', '=', '/', '.', '_']);
        let letters = word.len() > 1 && word.chars().all(|c| c.is_alphabetic() || matches!(c, ',' | '!' | '?' | '\''));
        words.push(if letters && !filled { word.to_owned() } else { String::new() });
    }
    words.windows(2).any(|pair| pair.iter().all(|word| !word.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> usize {
        check(&Tree::of(&[("android/ui/src/main/kotlin/firebee/ui/A.kt", line)])).len()
    }

    #[test]
    fn a_rule_in_a_shell_is_reported_with_its_line() {
        let path = "android/logic/src/main/kotlin/firebee/logic/A.kt";
        let findings = check(&Tree::of(&[(path, "package a\nval late = left.days < 0\n")]));
        assert_eq!(findings, [Finding::new(path, 2, "`.days`: dates are the core's")]);
        for line in
            ["import java.time.LocalDate", "if (row.state == x) y()", "if (me.leads) z()", "it == Verdict.NONCONFORM"]
        {
            assert_eq!(found(line), 1, "{line}");
        }
    }

    #[test]
    fn both_apps_are_read() {
        let path = "ios/App/Screens/A.swift";
        let findings = check(&Tree::of(&[(path, "Text(Date())\nText(\"Nothing was found\")\n")]));
        assert_eq!(findings.iter().map(ToString::to_string).filter(|told| told.starts_with(path)).count(), 2);
    }

    #[test]
    fn a_sentence_in_a_shell_is_reported() {
        assert_eq!(found("Text(\"Nothing was found\")"), 1);
        assert_eq!(found("Text(\"Hello, world $name\")"), 1);
        for line in [
            "Text(words.nothing)",
            "Modifier.testTag(\"to-track\")",
            "\"${words.limit} $it\"",
            "\"Firebee\"",
            "// No rule here",
        ] {
            assert_eq!(found(line), 0, "{line}");
        }
    }

    #[test]
    fn tests_of_the_apps_may_say_what_they_want() {
        let path = "android/tests/kotlin/A.kt";
        assert!(check(&Tree::of(&[(path, "import java.time.LocalDate\nval a = \"two words\"\n")])).is_empty());
    }
}

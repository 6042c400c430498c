//! Tells the story in the terminal: sentences of the message catalogue, bars over long work, colour for people only.

use firebee_domain::code::Code;
use firebee_protocol::text::{Arg, Language, Message, problem_text, say_with};
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal as _, Write as _};

/// Where the story goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Voice {
    /// To standard output.
    Output,
    /// To standard error: standard output ends in a JSON object.
    Error,
    #[cfg(test)]
    Silent,
}

/// Tells the story.
pub struct Teller {
    language: Language,
    voice: Voice,
    colour: bool,
    bars: MultiProgress,
}

impl Teller {
    /// A teller for this terminal. With `json`, standard output is left to the object.
    pub fn new(json: bool) -> Self {
        let terminal = if json { io::stderr().is_terminal() } else { io::stdout().is_terminal() };
        Self {
            language: language(|name| std::env::var(name).ok()),
            voice: if json { Voice::Error } else { Voice::Output },
            colour: terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
            // Hidden by itself where there is no terminal.
            bars: MultiProgress::with_draw_target(ProgressDrawTarget::stderr()),
        }
    }

    #[cfg(test)]
    pub fn silent(language: Language) -> Self {
        let bars = MultiProgress::with_draw_target(ProgressDrawTarget::hidden());
        Self { language, voice: Voice::Silent, colour: false, bars }
    }

    /// The language of the story.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// A text, not told.
    pub fn say(&self, text: impl Message) -> String {
        self.say_with(text, &[])
    }

    /// A text with its values, not told.
    pub fn say_with(&self, text: impl Message, values: &[(&str, Arg<'_>)]) -> String {
        say_with(self.language, text, values)
    }

    /// The sentences of a code.
    pub fn problem(&self, code: Code) -> String {
        problem_text(code, &[], self.language)
    }

    /// The title of a chapter.
    pub fn chapter(&self, text: impl Message) {
        let title = self.say(text);
        self.line(&if self.colour { format!("\n\u{1b}[1;38;5;208m{title}\u{1b}[0m") } else { format!("\n{title}") });
    }

    /// A sentence of the story.
    pub fn tell(&self, text: impl Message, values: &[(&str, Arg<'_>)]) {
        let mark = if self.colour { "\u{1b}[32m✓\u{1b}[0m" } else { "-" };
        self.line(&format!("  {mark} {}", self.say_with(text, values)));
    }

    /// Something beside the story.
    pub fn note(&self, text: impl Message, values: &[(&str, Arg<'_>)]) {
        let said = self.say_with(text, values);
        self.line(&if self.colour { format!("  \u{1b}[2m{said}\u{1b}[0m") } else { format!("  {said}") });
    }

    /// Text as it is.
    pub fn plain(&self, text: &str) {
        self.line(text);
    }

    /// A bar over `total` steps, below the story.
    pub fn bar(&self, label: String, total: u64) -> ProgressBar {
        let bar = self.bars.add(ProgressBar::new(total));
        if let Ok(style) = ProgressStyle::with_template("  {msg:<28!} {bar:32} {pos:>6}/{len}") {
            bar.set_style(style);
        }
        bar.set_message(label);
        bar
    }

    /// A closed pipe means that nobody listens. The story goes on.
    fn line(&self, line: &str) {
        self.bars.suspend(|| match self.voice {
            Voice::Output => writeln!(io::stdout(), "{line}").ok(),
            Voice::Error => writeln!(io::stderr(), "{line}").ok(),
            #[cfg(test)]
            Voice::Silent => None,
        });
    }
}

/// The first of the usual variables that is set decides; what is neither Chinese nor English is told in Chinese.
fn language(variable: impl Fn(&str) -> Option<String>) -> Language {
    let set =
        ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| variable(name).filter(|set| !set.is_empty()));
    set.and_then(|set| Language::from_tag(&set)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_chooses_the_language() {
        let with = |pairs: &[(&str, &str)]| {
            language(|name| pairs.iter().find(|(held, _)| *held == name).map(|(_, value)| (*value).to_owned()))
        };
        assert_eq!(with(&[("LANG", "en_US.UTF-8")]), Language::En);
        assert_eq!(with(&[("LANG", "en_US.UTF-8"), ("LC_ALL", "zh_CN.UTF-8")]), Language::Zh);
        assert_eq!(with(&[("LANG", "en_GB"), ("LC_ALL", "")]), Language::En);
        assert_eq!(with(&[("LANG", "C")]), Language::Zh);
        assert_eq!(with(&[]), Language::Zh);
    }
}

//! Which characters a report can print (R-386): those that the fonts of the program `firebee-report` have.

use super::Printer;
use serde::Deserialize;
use std::process::Stdio;
use tokio::process::Command;

/// What the fonts have: first and last code points, in order.
#[derive(Debug, Deserialize)]
pub(super) struct Coverage {
    ranges: Vec<(u32, u32)>,
}

impl Coverage {
    fn has(&self, character: char) -> bool {
        let point = u32::from(character);
        let at = self.ranges.partition_point(|(_, last)| *last < point);
        self.ranges.get(at).is_some_and(|(first, _)| *first <= point)
    }
}

impl Printer {
    /// The characters of these texts that no font can print, each once. Without the program, or without its fonts, nobody
    /// knows, and none is named.
    pub async fn unprintable<'t>(&self, texts: impl Iterator<Item = &'t str>) -> Vec<char> {
        let mut rare: Vec<char> = Vec::new();
        for character in texts.flat_map(str::chars).filter(|character| !is_usual(*character)) {
            if !rare.contains(&character) {
                rare.push(character);
            }
        }
        if rare.is_empty() {
            return rare;
        }
        match self.coverage.get_or_try_init(|| self.ask()).await {
            Ok(coverage) => rare.retain(|character| !coverage.has(*character)),
            Err(error) => {
                tracing::debug!(%error, "what reports can print is not known");
                rare.clear();
            }
        }
        rare
    }

    /// Asks the program.
    async fn ask(&self) -> std::io::Result<Coverage> {
        let mut command = Command::new(&self.program);
        command.arg("coverage");
        if let Some(fonts) = &self.fonts {
            command.arg("--fonts").arg(fonts);
        }
        let output = command.stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true).output().await?;
        if !output.status.success() {
            return Err(std::io::Error::other(String::from_utf8_lossy(&output.stdout).trim().to_owned()));
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }
}

/// What every Chinese font has, and what has no look of its own. Characters that no text may have are refused as such.
fn is_usual(character: char) -> bool {
    character.is_control()
        || matches!(character,
        ' '..='~' | '\u{a0}' | '\u{b7}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2060}' | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}'
        | '\u{2013}'..='\u{2014}' | '\u{2018}'..='\u{2019}' | '\u{201c}'..='\u{201d}' | '\u{2026}'
        | '\u{3000}'..='\u{3011}' | '\u{4e00}'..='\u{9fa5}' | '\u{ff01}'..='\u{ff5e}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_is_found_in_the_ranges_of_the_fonts() {
        let coverage: Coverage = serde_json::from_str(r#"{"family":"x","ranges":[[65,70],[100,100]]}"#).unwrap();
        let has = |character| coverage.has(character);
        assert_eq!(['@', 'A', 'F', 'G', 'd', 'e'].map(has), [false, true, true, false, true, false]);
        assert!("消防，“2.1 s”…—\r\n".chars().all(is_usual) && !is_usual('䶮') && !is_usual('\u{1f9ef}'));
    }
}

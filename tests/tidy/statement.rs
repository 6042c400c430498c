//! SQL as rules want to see it: the texts of the server's statements, and which tables each names.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::rust::Rust;

/// A statement, or a fragment of one that a macro holds.
#[derive(Debug)]
pub struct Statement {
    /// Where it begins.
    pub line: usize,
    /// Its words in lower case: names, placeholders, texts, marks.
    pub words: Vec<String>,
}

impl Statement {
    /// Of a text.
    pub fn of(line: usize, text: &str) -> Self {
        Self { line, words: words(text) }
    }

    /// Whether these words stand in it one after the other.
    pub fn has(&self, wanted: &[&str]) -> bool {
        self.words.windows(wanted.len()).any(|found| found.iter().eq(wanted))
    }
}

/// All statements of a file that ship: what stands in `sql!`, in `Batch::new`, and in `concat!` beside them.
pub fn statements(rust: &Rust, content: &str) -> Vec<Statement> {
    let mut found = Vec::new();
    if let Ok(tokens) = content.parse::<TokenStream>() {
        collect(tokens, &mut found);
    }
    found.retain(|statement| !rust.is_test(statement.line));
    found
}

fn collect(tokens: TokenStream, found: &mut Vec<Statement>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        if group.delimiter() == Delimiter::Parenthesis && holds_sql(&tokens[..at]) {
            let mut text = String::new();
            join(group.stream(), &mut text);
            found.push(Statement::of(group.span_open().start().line, &text));
        } else {
            collect(group.stream(), found);
        }
    }
}

/// Whether the bracket after these tokens is that of `sql!`, `concat!` or `Batch::new`.
fn holds_sql(before: &[TokenTree]) -> bool {
    let word = |back: usize| before.len().checked_sub(back).and_then(|at| before.get(at)).map(ToString::to_string);
    let last = (word(2), word(1));
    let called = |name: &str| last.0.as_deref() == Some(name) && last.1.as_deref() == Some("!");
    let made = last.1.as_deref() == Some("new") && word(4).as_deref() == Some("Batch");
    called("sql") || called("concat") || made
}

/// The texts of a bracket one after the other. A variable of a macro stands for a table's alias, which keeps its name.
fn join(tokens: TokenStream, text: &mut String) {
    let mut variable = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) => join(group.stream(), text),
            TokenTree::Punct(mark) if mark.as_char() == '$' => variable = true,
            TokenTree::Ident(name) if variable => {
                text.push_str(&name.to_string());
                variable = false;
            }
            TokenTree::Literal(literal) => {
                if let Ok(found) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                    text.push_str(&found.value());
                }
            }
            _ => {}
        }
    }
}

fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '\'' {
            let quoted: String = letters.by_ref().take_while(|letter| *letter != '\'').collect();
            words.push(format!("'{quoted}'"));
        } else if letter.is_ascii_alphanumeric() || matches!(letter, '_' | '?' | '{') {
            let mut word = letter.to_ascii_lowercase().to_string();
            while let Some(next) =
                letters.next_if(|next| next.is_ascii_alphanumeric() || matches!(next, '_' | '.' | '}'))
            {
                word.push(next.to_ascii_lowercase());
            }
            words.push(word);
        } else if !letter.is_whitespace() {
            words.push(letter.to_string());
        }
    }
    words
}

//! The worst patterns of English, kept out of every text of the repository. `docs/style.md` is the
//! standard.

use regex::{Regex, RegexBuilder};

use super::Text;

/// The widest line of a comment. Tables, links and code in examples may be wider.
const WIDTH: usize = 100;

/// A pattern that fails the check, and what to write instead. Case does not matter. A match that
/// holds the group `allowed` is good English.
const PATTERNS: [(&str, &str); 10] = [
    (r"\b(?<allowed>there )?(is|are|was|were) no\b(?<allowed_too> (longer|more|less|fewer))?", "write \"is not a\""),
    (r"\b(that|which) is none\b", "name what it is instead"),
    (r"\b(?<allowed>(another|an? \w+|the \w+|that|each) )?one may\b", "name the caller"),
    (r"\b(whoever|whomever|nobody|somebody|anybody)\b", "name the actor"),
    (r"\b((is|are|was|were|be) told|tells? of|hand(s|ed)? out|made known)\b", "write \"reports\" or \"returns\""),
    (r"\b(how manieth|as (many|much) \w+ can|as for any call)\b", "name the quantity"),
    (
        r"\b(\w*(colour|behaviour|favour|honour|neighbour)\w*|(un)?cancell(ed|ing)|labell(ed|ing)|modell(ed|ing)|catalogues?|licences?)\b",
        "use the American spelling",
    ),
    (
        r"\b(organis|recognis|serialis|initialis|normalis|optimis|summaris|synchronis|authoris)(e|es|ed|ing|ation)\b",
        "use the American spelling",
    ),
    (r"portal-facts|\[R [a-z]", "cite a page of docs/portal or a recording"),
    (r"\bfn (what|it|who|when|where|how)_\w+", "name a test subject_behavior_condition"),
];

/// A text that may hold a pattern: where (the start of its path), the pattern's match, and the
/// reason.
pub(super) struct Exception {
    path: &'static str,
    matched: &'static str,
    reason: &'static str,
}

/// Matches of `*` are all that a file holds.
pub(super) const EXCEPTIONS: [Exception; 4] = [
    Exception { path: "docs/style.md", matched: "*", reason: "shows what not to write" },
    Exception { path: "xtask/src/docs/style.rs", matched: "*", reason: "names the patterns and tests them" },
    Exception { path: "crates/docspace-cli/src/args/settings.rs", matched: "colour", reason: "a hidden alias" },
    Exception { path: "xtask/src/full/recorded.rs", matched: "nobody", reason: "a placeholder of the recordings" },
];

/// One line for each place that breaks a rule, and for each exception that nothing needs.
pub(super) fn faults<'t>(texts: impl Iterator<Item = &'t Text>, exceptions: &[Exception]) -> Vec<String> {
    let patterns = PATTERNS.map(|(pattern, instead)| (ignoring_case(pattern), instead));
    let mut needed = vec![false; exceptions.len()];
    let mut faults = Vec::new();
    for text in texts {
        let mut found = matches(text, &patterns);
        found.extend(wide_comments(text));
        for Match { line, matched, instead } in found {
            let excused = exceptions.iter().position(|exception| {
                text.path.starts_with(exception.path)
                    && (exception.matched == "*" || exception.matched.eq_ignore_ascii_case(&matched))
            });
            match excused {
                Some(exception) => needed[exception] = true,
                None => faults.push(format!("{}:{line}: \"{matched}\": {instead}", text.path)),
            }
        }
    }
    for (Exception { path, matched, reason }, _) in exceptions.iter().zip(needed).filter(|(_, needed)| !needed) {
        faults.push(format!("the exception for {matched} in {path} ({reason}) is not needed"));
    }
    faults
}

struct Match {
    line: usize,
    matched: String,
    instead: &'static str,
}

fn ignoring_case(pattern: &str) -> Regex {
    // The patterns are ASCII, and word boundaries of Unicode need a slower engine.
    RegexBuilder::new(pattern).case_insensitive(true).unicode(false).build().expect("a regular expression")
}

/// Looks through the text as one line, since a sentence goes on in the next line of a comment.
fn matches(text: &Text, patterns: &[(Regex, &'static str)]) -> Vec<Match> {
    let mut joined = String::new();
    let mut starts = Vec::new();
    for line in text.text.lines() {
        starts.push(joined.len());
        joined.push_str(line.trim_start().trim_start_matches(['/', '!', '#', '>', '*']).trim_start());
        joined.push(' ');
    }
    let mut found = Vec::new();
    for (pattern, instead) in patterns {
        for captures in pattern.captures_iter(&joined) {
            if captures.name("allowed").is_some() || captures.name("allowed_too").is_some() {
                continue;
            }
            let whole = captures.get(0).expect("the whole match");
            let line = starts.partition_point(|start| *start <= whole.start());
            found.push(Match { line, matched: whole.as_str().to_owned(), instead });
        }
    }
    found.sort_by_key(|found| found.line);
    found
}

fn wide_comments(text: &Text) -> Vec<Match> {
    if !text.path.ends_with(".rs") {
        return Vec::new();
    }
    let mut in_example = false;
    let mut found = Vec::new();
    for (number, line) in text.text.lines().enumerate() {
        let Some(comment) = line.trim_start().strip_prefix("//") else {
            in_example = false;
            continue;
        };
        let prose = comment.trim_start_matches(['/', '!']).trim_start();
        in_example ^= prose.starts_with("```");
        let may_be_wide = in_example || prose.starts_with('|') || prose.contains("    ") || prose.contains("://");
        if line.chars().count() > WIDTH && !may_be_wide {
            let start: String = prose.chars().take(30).collect();
            found.push(Match { line: number + 1, matched: start, instead: "wrap comments at 100 columns" });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str, exceptions: &[Exception]) -> Vec<String> {
        let texts = [Text { path: path.to_owned(), text: text.to_owned() }];
        faults(texts.iter(), exceptions)
    }

    #[test]
    fn each_pattern_fails_the_check() {
        for bad in [
            "`red` is no color",
            "a title that is none",
            "when one may not",
            "whoever has the link",
            "the caller is told the reason",
            "as many rooms can a person pin",
            "a colour",
            "the wait was cancelled",
            "a serialised room",
            "portal-facts 6.12",
            "[R walks/005]",
            "fn what_is_refused_stays_refused() {",
        ] {
            assert_eq!(found("a.md", bad, &[]).len(), 1, "{bad}");
        }
    }

    #[test]
    fn good_english_passes() {
        for good in [
            "there is no room with this id",
            "the link is no longer valid",
            "the room is not a template",
            "no one reads it",
            "fn limits_are_not_retried() {",
        ] {
            assert_eq!(found("a.md", good, &[]), Vec::<String>::new(), "{good}");
        }
    }

    #[test]
    fn a_sentence_is_matched_across_the_lines_of_a_comment() {
        let text = "/// A title is\n    /// no link. There\n    /// is no room.\n";
        assert_eq!(found("a.rs", text, &[]), ["a.rs:1: \"is no\": write \"is not a\""]);
    }

    #[test]
    fn wide_comments_fail_unless_they_are_tables_links_or_code() {
        let wide = "x".repeat(WIDTH);
        let text = format!("/// {wide}\n/// | {wide}\n/// https://{wide}\n/// ```\n/// {wide}\n/// ```\nlet {wide};\n");
        let faults = found("a.rs", &text, &[]);
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].starts_with("a.rs:1: "), "{faults:?}");
    }

    #[test]
    fn exceptions_hold_where_they_apply_and_fail_where_they_do_not() {
        let exception = |path, matched| Exception { path, matched, reason: "a quotation" };
        assert_eq!(found("a.md", "nobody", &[exception("a.md", "Nobody")]), Vec::<String>::new());
        assert_eq!(found("a.md", "nobody", &[exception("a.md", "*")]), Vec::<String>::new());
        let faults = found("a.md", "nobody", &[exception("b.md", "nobody")]);
        assert_eq!(
            faults,
            ["a.md:1: \"nobody\": name the actor", "the exception for nobody in b.md (a quotation) is not needed"]
        );
    }
}

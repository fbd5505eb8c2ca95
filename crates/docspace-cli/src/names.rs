//! Things that people give by name or id.

use std::fmt::Display;

use crate::failure::Failure;

/// Returns the things with exactly this name or, if there are none, with this name in any case.
pub(crate) fn all_named<T>(wanted: &str, all: Vec<T>, name: impl Fn(&T) -> String) -> Vec<T> {
    let (exact, others): (Vec<T>, Vec<T>) = all.into_iter().partition(|one| name(one) == wanted);
    if !exact.is_empty() {
        return exact;
    }
    let wanted = wanted.to_lowercase();
    others.into_iter().filter(|one| name(one).to_lowercase() == wanted).collect()
}

/// Returns the failure for several things with the same name. `words` are the words for the thing
/// and for its name, and each line describes one of the things.
pub(crate) fn several_named(wanted: &str, (noun, word): (&str, &str), lines: &[String]) -> Failure {
    Failure::usage(format!("{} {noun}s have the {word} `{wanted}`:", lines.len()))
        .listing(lines.iter().map(String::as_str))
        .advise("use the id of one of them")
}

/// Returns the only thing with a name. `parts` returns the id and the name, `noun` is for messages,
/// and `list` is the command that lists the things.
pub(crate) fn only_named<T, I: Display>(
    wanted: &str,
    all: Vec<T>,
    parts: impl Fn(&T) -> (I, &str),
    noun: &str,
    list: &str,
) -> Result<T, Failure> {
    let mut found = all_named(wanted, all, |one| parts(one).1.to_owned());
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => {
            let failure = Failure::not_found(format!("no {noun} has the name `{wanted}`"));
            Err(failure.advise(format!("list them with `{list}`")))
        }
        _ => {
            let line = |one: &T| {
                let (id, name) = parts(one);
                format!("{id}  {name}")
            };
            Err(several_named(wanted, (noun, "name"), &found.iter().map(line).collect::<Vec<_>>()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_must_belong_to_exactly_one_thing() {
        let find = |name: &str| {
            let all = vec![(1, "One"), (2, "two"), (3, "Two")];
            only_named(name, all, |one| (one.0, one.1), "key", "docspace keys list").map(|one| one.0)
        };
        assert_eq!(find("one").expect("case does not matter"), 1);
        assert_eq!(find("Two").expect("the exact name wins"), 3);
        assert_eq!(find("TWO").expect_err("two").message(), "2 keys have the name `TWO`:\n  2  two\n  3  Two");
        assert_eq!(find("three").expect_err("nothing").message(), "no key has the name `three`");
    }
}

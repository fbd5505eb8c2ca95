//! Things that people give by name or id.

use std::fmt::Display;

use crate::failure::Failure;

/// Returns the only thing with a name, in any case. `noun` is for messages, and `list` is the
/// command that lists the things.
pub(crate) fn only_named<T, I: Display>(
    name: &str,
    all: Vec<T>,
    parts: impl Fn(&T) -> (&str, I),
    noun: &str,
    list: &str,
) -> Result<T, Failure> {
    let wanted = name.to_lowercase();
    let mut found: Vec<T> = all.into_iter().filter(|one| parts(one).0.to_lowercase() == wanted).collect();
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => Err(Failure::not_found(format!("there is no {noun} `{name}`")).advise(format!("list them with `{list}`"))),
        count => {
            let ids = found.iter().map(|one| parts(one).1.to_string()).collect::<Vec<_>>().join(", ");
            Err(Failure::usage(format!("{count} {noun}s have the name `{name}`"))
                .advise(format!("use the id of one of them: {ids}")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_must_belong_to_exactly_one_thing() {
        let find = |name: &str| {
            let all = vec![("One", 1), ("two", 2), ("Two", 3)];
            only_named(name, all, |one| (one.0, one.1), "room", "docspace rooms list").map(|one| one.1)
        };
        assert_eq!(find("one").expect("a number"), 1);
        assert_eq!(find("TWO").expect_err("two things").message(), "2 rooms have the name `TWO`");
        assert_eq!(find("three").expect_err("nothing").message(), "there is no room `three`");
    }
}

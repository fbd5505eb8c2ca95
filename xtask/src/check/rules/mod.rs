//! The rules, one file for each group.

mod answers;
mod bodies;
mod document;
mod enums;
mod operations;
mod parameters;
mod prose;
mod references;
mod responses;
mod schemas;

use super::finding::Rule;

/// All rules, in the order in which their breaches are printed.
pub(crate) fn all() -> impl Iterator<Item = &'static Rule> {
    [
        document::RULES,
        operations::RULES,
        parameters::RULES,
        bodies::RULES,
        responses::RULES,
        references::RULES,
        schemas::RULES,
        enums::RULES,
        answers::RULES,
        prose::RULES,
    ]
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    #[test]
    fn rule_names_are_unique() {
        let mut names: Vec<_> = super::all().map(|rule| rule.name).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}

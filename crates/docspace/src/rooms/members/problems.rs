//! What is wrong with a change of members.

use crate::error::{Call, Error, ErrorKind, Result};

/// Collects everything that is wrong, so that one error names all of it.
#[derive(Debug, Default)]
pub(super) struct Problems(Vec<Problem>);

#[derive(Debug, PartialEq, Eq)]
struct Problem {
    kind: ErrorKind,
    reason: String,
    advice: String,
}

impl Problems {
    pub(super) fn invalid(&mut self, reason: impl Into<String>, advice: impl Into<String>) {
        self.add(ErrorKind::Invalid, reason.into(), advice.into());
    }

    pub(super) fn not_found(&mut self, reason: impl Into<String>, advice: impl Into<String>) {
        self.add(ErrorKind::NotFound, reason.into(), advice.into());
    }

    fn add(&mut self, kind: ErrorKind, reason: String, advice: String) {
        let problem = Problem { kind, reason, advice };
        if !self.0.contains(&problem) {
            self.0.push(problem);
        }
    }

    /// The error that names all problems, if there are any. It is `NotFound` only if all of them
    /// are: input that is invalid stays so when the missing people are there.
    pub(super) fn into_result(self, call: &Call) -> Result<()> {
        let Some(first) = self.0.first() else { return Ok(()) };
        let is_invalid = self.0.iter().any(|problem| problem.kind == ErrorKind::Invalid);
        let kind = if is_invalid { ErrorKind::Invalid } else { first.kind };
        let reasons: Vec<&str> = self.0.iter().map(|problem| &*problem.reason).collect();
        let mut advice: Vec<&str> = Vec::new();
        for problem in &self.0 {
            if !advice.contains(&&*problem.advice) {
                advice.push(&problem.advice);
            }
        }
        Err(Error::new(kind, reasons.join("; ")).not_started().advise(advice.join("; ")).of(call))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call() -> Call {
        Call::new("set_members", "of room 7")
    }

    #[test]
    fn no_problem_is_no_error() {
        assert!(Problems::default().into_result(&call()).is_ok());
    }

    #[test]
    fn errors_name_all_problems_and_each_advice_once() {
        let mut problems = Problems::default();
        problems.not_found("ann is missing", "invite her");
        problems.not_found("bob is missing", "invite her");
        problems.not_found("bob is missing", "invite her");
        let mut mixed = Problems::default();
        mixed.not_found("ann is missing", "invite her");
        mixed.invalid("gus is a Guest", "give another access");

        let error = problems.into_result(&call()).unwrap_err();
        assert_eq!((error.kind(), error.nothing_was_done()), (ErrorKind::NotFound, true));
        assert_eq!(error.to_string(), "cannot set members of room 7: ann is missing; bob is missing; invite her");
        let error = mixed.into_result(&call()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid);
        assert_eq!(error.advice(), "invite her; give another access");
    }
}

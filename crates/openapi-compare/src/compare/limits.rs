//! Compares two limits with the same keyword.

use crate::api::Literal;

/// Whether the limit `to` allows fewer values than the limit `from`. `None` if that is unknown.
pub(crate) fn narrows(keyword: &str, from: Option<&Literal>, to: Option<&Literal>) -> Option<bool> {
    let (from, to) = match (from, to) {
        (None, _) => return Some(true),
        (_, None) => return Some(false),
        (Some(from), Some(to)) => (from.number()?, to.number()?),
    };
    match keyword {
        _ if keyword.contains("max") || keyword.contains("Max") => Some(to < from),
        _ if keyword.contains("min") || keyword.contains("Min") => Some(to > from),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limit_narrows_if_fewer_values_pass() {
        let (low, high) = (Literal::Integer(1), Literal::Integer(2));
        assert_eq!(narrows("maxLength", Some(&high), Some(&low)), Some(true));
        assert_eq!(narrows("exclusiveMinimum", Some(&high), Some(&low)), Some(false));
        assert_eq!(narrows("pattern", None, Some(&Literal::Text("a".into()))), Some(true));
        assert_eq!(narrows("pattern", Some(&Literal::Text("b".into())), Some(&Literal::Text("a".into()))), None);
    }
}

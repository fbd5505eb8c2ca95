//! The values of cells.

use std::ffi::OsStr;

use clap::builder::TypedValueParser;
use clap::{Arg, Command};

/// Parses a cell like the value of a flag that has a fixed list of values. The reason of an error
/// lists them.
pub(crate) fn word<P: TypedValueParser>(parser: &P, text: &str) -> Result<P::Value, String> {
    let argument = Arg::new("cell").ignore_case(true);
    parser.parse_ref(&Command::new("cell"), Some(&argument), OsStr::new(text)).map_err(|_| {
        let values = parser.possible_values().into_iter().flatten().filter(|value| !value.is_hide_set());
        format!("use one of {}", values.map(|value| value.get_name().to_owned()).collect::<Vec<_>>().join(", "))
    })
}

/// Returns the entries of a cell that are separated by commas, semicolons or line breaks.
pub(crate) fn entries(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([',', ';', '\n', '\r']).map(str::trim).filter(|entry| !entry.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::values;

    #[test]
    fn words_are_those_of_the_flags() {
        use docspace::RoomType;

        assert_eq!(word(&values::room_type(), "Virtual data room"), Ok(RoomType::VirtualData));
        let reason = word(&values::room_type(), "custm").expect_err("no type");
        assert_eq!(reason, "use one of filling-forms, editing, custom, public, virtual-data, ai");
    }

    #[test]
    fn entries_are_trimmed_and_not_empty() {
        assert_eq!(entries(" audit, year 2026;;x\r\ny,").collect::<Vec<_>>(), ["audit", "year 2026", "x", "y"]);
        assert_eq!(entries(" ").count(), 0);
    }
}

//! Candidates for PowerShell, which does not quote them.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use clap_complete::engine::complete;
use clap_complete::env::{EnvCompleter, Powershell as Clap};

/// The completion for PowerShell.
pub(super) struct PowerShell;

impl EnvCompleter for PowerShell {
    fn name(&self) -> &'static str {
        "powershell"
    }

    fn is(&self, name: &str) -> bool {
        Clap.is(name)
    }

    fn write_registration(
        &self,
        var: &str,
        name: &str,
        bin: &str,
        completer: &str,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        Clap.write_registration(var, name, bin, completer, buf)
    }

    fn write_complete(
        &self,
        cmd: &mut clap::Command,
        args: Vec<OsString>,
        current_dir: Option<&Path>,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        let index = args.len().saturating_sub(1);
        for candidate in complete(cmd, args, index, current_dir)? {
            write!(buf, "{}", quoted(&candidate.get_value().to_string_lossy()))?;
            let help = candidate.get_help().map(ToString::to_string).unwrap_or_default();
            if let Some(line) = help.lines().next() {
                write!(buf, "\t{line}")?;
            }
            writeln!(buf)?;
        }
        Ok(())
    }
}

/// Quotes a value with characters that have a meaning. A title of another person must not run a
/// command.
fn quoted(value: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=".contains(c);
    // PowerShell takes curly quotes for straight ones.
    let doubled = |c: char| if matches!(c, '\'' | '‘' | '’' | '‚' | '‛') { vec![c, c] } else { vec![c] };
    match value.chars().all(is_plain) {
        true => value.to_owned(),
        false => format!("'{}'", value.chars().flat_map(doubled).collect::<String>()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_quoted() {
        assert_eq!(quoted("--json"), "--json");
        assert_eq!(quoted("Audit 2026"), "'Audit 2026'");
        assert_eq!(quoted("$(x) ’ '"), "'$(x) ’’ '''");
    }
}

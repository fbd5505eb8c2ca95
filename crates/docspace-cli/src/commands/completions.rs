//! `docspace completions`: the scripts that make shells complete command lines.

use std::io;

use clap::Args;
use clap_complete::Shell;

use crate::completion;
use crate::failure::Failure;
use crate::terminal::write;

const EXAMPLES: &str = "\
Examples:
  docspace completions bash > ~/.local/share/bash-completion/completions/docspace
  docspace completions zsh > ~/.zfunc/_docspace
  docspace completions fish > ~/.config/fish/completions/docspace.fish

Setup, for this and all later shells:
  bash        Add this line to ~/.bashrc:
                source <(docspace completions bash)
  zsh         Add this line to ~/.zshrc, after compinit:
                source <(docspace completions zsh)
  fish        Write the script to the file in the example
  powershell  Add this line to the file that $PROFILE names:
                docspace completions powershell | Out-String | Invoke-Expression
  elvish      Add this line to ~/.config/elvish/rc.elv:
                eval (docspace completions elvish | slurp)

If you write a script to a file, write it again after each update of docspace.

The shells complete commands, flags and JSON fields. If you are logged in, they
also complete the rooms, templates, tags and links of the portal, and keep them
for a minute.";

/// The arguments of `docspace completions`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CompletionsArgs {
    /// Name of the shell
    shell: Shell,
}

impl CompletionsArgs {
    /// Prints the script.
    pub(crate) fn execute(&self) -> Result<(), Failure> {
        write(&self.script()?)
    }

    /// Returns the script, with a comment that describes where to put it.
    fn script(&self) -> io::Result<String> {
        let name = self.shell.to_string();
        let script = completion::registration(&name)?;
        let mut comment = format!("# Completions of docspace for {name}.\n");
        for line in setup(self.shell).lines() {
            comment.push_str(&format!("# {line}\n"));
        }
        // In a file that zsh loads by itself, the first line is a directive, and the file is the
        // body of a function.
        Ok(match script.split_once('\n').filter(|(first, _)| first.starts_with("#compdef")) {
            Some((first, rest)) => format!(
                "{first}\n{comment}{rest}\n\
                 if [ \"$funcstack[1]\" = \"_docspace\" ]; then _clap_dynamic_completer_docspace \"$@\"; fi\n"
            ),
            None => format!("{comment}{}\n", script.trim_end()),
        })
    }
}

/// Returns where the script of this shell belongs.
fn setup(shell: Shell) -> &'static str {
    match shell {
        Shell::Bash => {
            "Add this line to ~/.bashrc:\n\
             \x20 source <(docspace completions bash)\n\
             Or write the script to ~/.local/share/bash-completion/completions/docspace,\n\
             again after each update of docspace."
        }
        Shell::Zsh => {
            "Add this line to ~/.zshrc, after compinit:\n\
             \x20 source <(docspace completions zsh)\n\
             Or write the script to the file _docspace in a directory of $fpath, again after\n\
             each update of docspace."
        }
        Shell::Fish => {
            "Write the script to ~/.config/fish/completions/docspace.fish, again after each\n\
             update of docspace."
        }
        Shell::PowerShell => {
            "Add this line to the file that $PROFILE names:\n\
             \x20 docspace completions powershell | Out-String | Invoke-Expression"
        }
        _ => {
            "Add this line to ~/.config/elvish/rc.elv:\n\
             \x20 eval (docspace completions elvish | slurp)"
        }
    }
}

//! `docspace man`: manual pages.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, Command, ValueHint};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use crate::failure::Failure;
use crate::terminal::print_message;

const EXAMPLES: &str = "\
Examples:
  docspace man ~/.local/share/man/man1
  docspace man pages && man pages/docspace-rooms-list.1";

/// The section of commands in the manual.
const SECTION: &str = "1";

/// The arguments of `docspace man`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ManArgs {
    /// Directory for the pages; the command creates it if it does not exist
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    directory: PathBuf,
}

impl ManArgs {
    /// Writes a page for each command of the program, and for each help topic.
    pub(crate) fn execute(self, program: Command) -> Result<(), Failure> {
        let mut program = program.disable_help_subcommand(true);
        program.build();
        let source = format!("{} {}", program.get_name(), program.get_version().unwrap_or_default());
        let mut pages = Vec::new();
        let mut commands = vec![&program];
        while let Some(command) = commands.pop() {
            commands.extend(command.get_subcommands());
            pages.push(Page { command, source: &source });
        }
        self.write(&pages).map_err(|error| {
            Failure::local(format!("cannot write the manual pages to {}: {error}", self.directory.display()))
                .advise("pass a directory that you can write to")
        })?;
        print_message(&format!("wrote {} manual pages to {}", pages.len(), self.directory.display()));
        Ok(())
    }

    fn write(&self, pages: &[Page<'_>]) -> io::Result<()> {
        fs::create_dir_all(&self.directory)?;
        pages.iter().try_for_each(|page| page.write(&self.directory))
    }
}

/// The manual page of a command or help topic.
struct Page<'c> {
    command: &'c Command,
    /// The program with its version.
    source: &'c str,
}

impl Page<'_> {
    /// The name of the page, such as `docspace-rooms-list`.
    fn name(&self) -> &str {
        self.command.get_display_name().unwrap_or_else(|| self.command.get_name())
    }

    fn write(&self, directory: &Path) -> io::Result<()> {
        let name = self.name();
        let man = Man::new(self.command.clone()).title(name.to_uppercase()).source(self.source).manual("DocSpace");
        let mut page = Vec::new();
        man.render_title(&mut page)?;
        man.render_name_section(&mut page)?;
        if self.command.is_hide_set() {
            // A help topic has nothing but its text.
            let text = self.command.get_long_about().map(ToString::to_string).unwrap_or_default();
            let (_title, text) = text.trim_end().split_once("\n\n").unwrap_or_default();
            section("DESCRIPTION", text).to_writer(&mut page)?;
        } else {
            man.render_synopsis_section(&mut page)?;
            man.render_description_section(&mut page)?;
            man.render_options_section(&mut page)?;
            if self.command.has_subcommands() {
                man.render_subcommands_section(&mut page)?;
            }
            let end = self.command.get_after_help().map(ToString::to_string).unwrap_or_default();
            for part in end.split("\n\n") {
                let (heading, text) = part.split_once(":\n").unwrap_or(("NOTES", part));
                section(&heading.to_uppercase(), text).to_writer(&mut page)?;
            }
        }
        fs::write(directory.join(format!("{name}.{SECTION}")), page)
    }
}

/// Returns a section whose lines are printed as they are.
fn section(heading: &str, text: &str) -> Roff {
    let mut roff = Roff::default();
    roff.control("SH", [heading]);
    roff.control("nf", []);
    for line in text.lines() {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
    roff
}

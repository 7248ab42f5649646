//! The program `prongsai`; all of it lies in the library.

fn main() -> std::process::ExitCode {
    prongsai::cli::run()
}

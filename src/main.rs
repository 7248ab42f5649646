//! The program `prongsai`; all of it lies in the library.

/// A build makes and drops millions of short texts on all cores, which this allocator does at a third of the cost of the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    prongsai::cli::run()
}

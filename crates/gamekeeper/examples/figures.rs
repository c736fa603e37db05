//! Prints every figure that `/metrics` has, all of them zero, for whoever checks their names.

#![expect(clippy::print_stdout, reason = "it is what this is for")]

fn main() {
    print!("{}", gamekeeper::metrics::Figures::names().text(web::Format::Prometheus));
}

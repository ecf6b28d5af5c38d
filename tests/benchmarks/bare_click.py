"""The smallest program with a command line: the yardstick for ``legcramp assess``."""

import click


@click.command()
@click.argument("answers", type=click.Path())
def main(answers: str) -> None:
    """Print the name of a file."""
    click.echo(answers)


main()

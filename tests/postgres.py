"""The PostgreSQL of the tests: one server, and as many databases on it as they ask for."""

from sqlalchemy import create_engine, make_url, text


def database_on(server: str, name: str) -> str:
    """The address of the database `name` on the server with this address."""
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def run_on(server: str, *statements: str) -> None:
    """Execute statements that stand outside a transaction, such as CREATE DATABASE."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()

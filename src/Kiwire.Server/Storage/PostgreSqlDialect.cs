using System.Data.Common;
using Npgsql;

namespace Kiwire.Server.Storage;

/// <summary>PostgreSQL's ways, and those of the databases that speak its protocol.</summary>
internal sealed class PostgreSqlDialect : Dialect
{
    public override string Like => "ILIKE";

    public override string Binary => "COLLATE \"C\"";

    public override string Now => "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";

    // Any number does, as long as all versions of the program take the same.
    public override string? StartLock => "SELECT pg_advisory_xact_lock(5431986021)";

    public override string IsAnyOf(string column, string parameter) => $"{column} = ANY({parameter})";

    public override string SkipLocked => " FOR UPDATE SKIP LOCKED";

    public override bool IsDuplicate(DbException exception) => exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public override bool IsAway(DbException exception) => exception switch
    {
        // 08 connection, 25006 a standby, 40 serialisation and deadlock, 53 out of resources, 55P03 lock not had, 57 operator's intervention,
        // 58 and XX the system under it, 28 and 3D: we are not let in.
        PostgresException { SqlState: var state } =>
            state is "25006" or "55P03" || state[..2] is "08" or "28" or "3D" or "40" or "53" or "57" or "58" or "XX",
        NpgsqlException => true,
        _ => false,
    };

    public override bool IsConflict(DbException exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };
}

using System.Data.Common;
using System.Text;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Network;

/// <summary>Which NAS entries to list, by identity; what is null does not matter.</summary>
internal sealed record NasQuery
{
    public required long TenantId { get; init; }

    /// <summary>What identities begin with; case does not count.</summary>
    public string? Prefix { get; init; }

    /// <summary>Names of types, in lower case.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>The case of ASCII letters does not count.</summary>
    public string? Location { get; init; }

    /// <summary>Only those behind this folded identity.</summary>
    public string? After { get; init; }

    /// <summary>For /apiv2: so many are passed over.</summary>
    public int Start { get; init; }

    public required int Limit { get; init; }
}

/// <summary>The NAS entries in the database.</summary>
internal sealed class NasStore(Database database, SecretBox secrets)
{
    private const string SecretPurpose = "nas.secret";
    private const string CommunityPurpose = "nas.community";
    private const string PasswordPurpose = "nas.password";
    private const string UamPurpose = "nas.uam-secret";

    private const string Columns =
        """
        tenant_id AS TenantId, nas_id AS NasId, identity AS Identity, address AS Address, type AS Type, coa_port AS CoaPort,
        require_message_authenticator AS RequireMessageAuthenticator, location AS Location, server AS Server,
        description AS Description, username AS Username, created_at AS CreatedAt, version AS Version
        """;

    /// <summary>Every tenant's entries, with the secrets that packets need.</summary>
    public async Task<IReadOnlyList<(Nas Nas, byte[]? Secret)>> ListAllAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        IEnumerable<Row> rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"SELECT {Columns}, secret AS Secret FROM nas ORDER BY tenant_id, nas_id", cancellationToken: cancellationToken));
        return [.. rows.Select(row => (row.ToNas(), secrets.TryUnprotect(row.Secret, SecretPurpose, out byte[] secret) ? secret : null))];
    }

    /// <summary>An entry, with the secret that packets need.</summary>
    public async Task<(Nas Nas, byte[]? Secret)?> GetWithSecretAsync(long tenantId, long nasId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        Row? row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"SELECT {Columns}, secret AS Secret FROM nas WHERE tenant_id = @tenantId AND nas_id = @nasId",
            new { tenantId, nasId },
            cancellationToken: cancellationToken));
        return row is null ? null : (row.ToNas(), secrets.TryUnprotect(row.Secret, SecretPurpose, out byte[] secret) ? secret : null);
    }

    /// <summary>A tenant's entries by identity.</summary>
    public async Task<IReadOnlyList<Nas>> ListAsync(NasQuery query, CancellationToken cancellationToken)
    {
        StringBuilder sql = new($"SELECT {Columns} FROM nas WHERE tenant_id = @TenantId");
        _ = sql.Append(query.After is null ? "" : " AND identity_key > @After");
        _ = sql.Append(query.Prefix is null ? "" : " AND SUBSTR(identity_key, 1, @PrefixLength) = @Prefix");
        _ = sql.Append(query.Types is null ? "" : $" AND type IN ({string.Join(", ", query.Types.Select((_, i) => $"@Type{i}"))})");
        _ = sql.Append(query.Location is null ? "" : " AND LOWER(location) = LOWER(@Location)");
        _ = sql.Append(" ORDER BY identity_key LIMIT @Limit OFFSET @Start");
        string prefix = FoldedName.Fold(query.Prefix ?? "");
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        DynamicParameters parameters = new(new
        {
            query.TenantId, query.After, Prefix = prefix, PrefixLength = prefix.EnumerateRunes().Count(), query.Location, query.Limit, query.Start,
        });
        for (int i = 0; i < query.Types?.Count; i++)
        {
            parameters.Add($"Type{i}", query.Types[i]);
        }

        IEnumerable<Row> rows = await connection.QueryAsync<Row>(new CommandDefinition(sql.ToString(), parameters, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToNas())];
    }

    public async Task<Nas?> GetAsync(long tenantId, long nasId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        Row? row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"SELECT {Columns} FROM nas WHERE tenant_id = @tenantId AND nas_id = @nasId",
            new { tenantId, nasId },
            cancellationToken: cancellationToken));
        return row?.ToNas();
    }

    /// <summary>What a NAS and the captive portal share; empty: nothing.</summary>
    public async Task<byte[]> GetUamSecretAsync(long tenantId, long nasId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        byte[]? box = await connection.QuerySingleOrDefaultAsync<byte[]?>(new CommandDefinition(
            "SELECT uam_secret FROM nas WHERE tenant_id = @tenantId AND nas_id = @nasId",
            new { tenantId, nasId },
            cancellationToken: cancellationToken));
        return box is not null && secrets.TryUnprotect(box, UamPurpose, out byte[] secret) ? secret : [];
    }

    public async Task<Nas?> FindAsync(long tenantId, string identity, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        Row? row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"SELECT {Columns} FROM nas WHERE tenant_id = @tenantId AND identity_key = @Key",
            new { tenantId, Key = FoldedName.Fold(identity.Trim()) },
            cancellationToken: cancellationToken));
        return row?.ToNas();
    }

    /// <summary>
    /// Makes other servers' changes to the entry wait until this transaction ends, so that what is read in it stays so.
    /// </summary>
    public static Task LockAsync(UnitOfWork unit, long tenantId, long nasId) =>
        unit.Connection.ExecuteAsync(
            "UPDATE nas SET version = version WHERE tenant_id = @tenantId AND nas_id = @nasId", new { tenantId, nasId }, unit.Transaction);

    /// <summary>As it is in a transaction under way.</summary>
    public static async Task<Nas?> GetAsync(UnitOfWork unit, long tenantId, long nasId) =>
        (await unit.Connection.QuerySingleOrDefaultAsync<Row>(
            $"SELECT {Columns} FROM nas WHERE tenant_id = @tenantId AND nas_id = @nasId", new { tenantId, nasId }, unit.Transaction))?.ToNas();

    /// <summary>Whether another entry of the tenant than <paramref name="nasId"/> has that identity, in a transaction under way.</summary>
    public static async Task<bool> IsIdentityTakenAsync(UnitOfWork unit, long tenantId, string identity, long nasId) =>
        await unit.Connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM nas WHERE tenant_id = @tenantId AND identity_key = @Key AND nas_id <> @nasId",
            new { tenantId, Key = FoldedName.Fold(identity), nasId },
            unit.Transaction) > 0;

    /// <summary>False: the tenant has one of that identity.</summary>
    public async Task<bool> InsertAsync(UnitOfWork unit, Nas nas, NasSettings given)
    {
        int inserted = await unit.Connection.ExecuteAsync(
            """
            INSERT INTO nas (tenant_id, nas_id, identity, identity_key, address, type, coa_port, secret, require_message_authenticator,
                             location, server, description, community, username, password, uam_secret, created_at)
            VALUES (@TenantId, @NasId, @Identity, @IdentityKey, @Address, @Type, @CoaPort, @Secret, @RequireMessageAuthenticator,
                    @Location, @Server, @Description, @Community, @Username, @Password, @UamSecret, @CreatedAt)
            ON CONFLICT DO NOTHING
            """,
            Parameters(nas, given),
            unit.Transaction);
        return inserted > 0;
    }

    /// <summary>Secrets that are not given stay as they are. False: there is no such entry.</summary>
    public async Task<bool> UpdateAsync(UnitOfWork unit, Nas nas, NasSettings given)
    {
        int updated = await unit.Connection.ExecuteAsync(
            """
            UPDATE nas SET identity = @Identity, identity_key = @IdentityKey, address = @Address, type = @Type, coa_port = @CoaPort,
                           secret = COALESCE(@Secret, secret), require_message_authenticator = @RequireMessageAuthenticator,
                           location = @Location, server = @Server, description = @Description,
                           community = COALESCE(@Community, community), username = @Username, password = COALESCE(@Password, password),
                           uam_secret = COALESCE(@UamSecret, uam_secret),
                           version = version + 1
            WHERE tenant_id = @TenantId AND nas_id = @NasId
            """,
            Parameters(nas, given),
            unit.Transaction);
        return updated > 0;
    }

    /// <summary>Deletes the entry and what it was seen to send. False: there is no such entry.</summary>
    public static async Task<bool> DeleteAsync(UnitOfWork unit, long tenantId, long nasId)
    {
        _ = await unit.Connection.ExecuteAsync(
            "DELETE FROM nas_observations WHERE tenant_id = @tenantId AND nas_id = @nasId", new { tenantId, nasId }, unit.Transaction);
        return await unit.Connection.ExecuteAsync(
            "DELETE FROM nas WHERE tenant_id = @tenantId AND nas_id = @nasId", new { tenantId, nasId }, unit.Transaction) > 0;
    }

    private DynamicParameters Parameters(Nas nas, NasSettings given)
    {
        DynamicParameters parameters = new();
        parameters.Add("TenantId", nas.TenantId);
        parameters.Add("NasId", nas.NasId);
        parameters.Add("Identity", nas.Identity);
        parameters.Add("IdentityKey", FoldedName.Fold(nas.Identity));
        parameters.Add("Address", nas.Address);
        parameters.Add("Type", nas.Type);
        parameters.Add("CoaPort", nas.CoaPort);
        parameters.Add("RequireMessageAuthenticator", (int)nas.RequireMessageAuthenticator);
        parameters.Add("Location", nas.Location);
        parameters.Add("Server", nas.Server);
        parameters.Add("Description", nas.Description);
        parameters.Add("Username", nas.Username);
        parameters.Add("CreatedAt", nas.CreatedAt);
        parameters.Add("Secret", Protect(given.Secret, SecretPurpose), System.Data.DbType.Binary);
        parameters.Add("Community", Protect(given.Community, CommunityPurpose), System.Data.DbType.Binary);
        parameters.Add("Password", Protect(given.Password, PasswordPurpose), System.Data.DbType.Binary);
        parameters.Add("UamSecret", Protect(given.UamSecret, UamPurpose), System.Data.DbType.Binary);
        return parameters;
    }

    private byte[]? Protect(string? secret, string purpose) =>
        secret is null ? null : secrets.Protect(Encoding.UTF8.GetBytes(secret), purpose);

    private sealed class Row
    {
        public long TenantId { get; set; }

        public long NasId { get; set; }

        public string Identity { get; set; } = "";

        public string Address { get; set; } = "";

        public string Type { get; set; } = "";

        public int CoaPort { get; set; }

        public int RequireMessageAuthenticator { get; set; }

        public string Location { get; set; } = "";

        public string Server { get; set; } = "";

        public string Description { get; set; } = "";

        public string Username { get; set; } = "";

        public long CreatedAt { get; set; }

        public long Version { get; set; }

        public byte[] Secret { get; set; } = [];

        public Nas ToNas() => new()
        {
            TenantId = TenantId,
            NasId = NasId,
            Identity = Identity,
            Address = Address,
            Type = Type,
            CoaPort = CoaPort,
            RequireMessageAuthenticator = (MessageAuthenticatorPolicy)RequireMessageAuthenticator,
            Location = Location,
            Server = Server,
            Description = Description,
            Username = Username,
            CreatedAt = CreatedAt,
            Version = Version,
        };
    }
}

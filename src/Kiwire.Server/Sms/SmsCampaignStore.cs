using System.Data.Common;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Sms;

/// <summary>The campaigns in the database.</summary>
internal sealed class SmsCampaignStore(Database database)
{
    private const int PruneLimit = 5000;

    private const string Columns =
        """
        tenant_id AS TenantId, campaign_id AS CampaignId, name AS Name, state AS State, text AS Text, template AS Template, variables AS Variables,
        filter AS Filter, connectors AS Connectors, lifetime_seconds AS LifetimeSeconds, scheduled_at AS ScheduledAt, created_at AS CreatedAt,
        started_at AS StartedAt, ended_at AS EndedAt, step AS Step, place AS Place, queued AS Queued, segments AS Segments, no_phone AS NoPhone,
        bad_phone AS BadPhone, opted_out AS OptedOut, duplicate AS Duplicate, no_value AS NoValue, problem AS Problem, version AS Version
        """;

    /// <summary>A tenant's campaigns, the newest first.</summary>
    public async Task<IReadOnlyList<SmsCampaign>> ListAsync(long tenantId, long before, int limit, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<SmsCampaign>(new CommandDefinition(
            $"SELECT {Columns} FROM sms_campaigns WHERE tenant_id = @tenantId AND campaign_id < @before ORDER BY campaign_id DESC LIMIT @limit",
            new { tenantId, before, limit },
            cancellationToken: cancellationToken))).AsList();
    }

    public async Task<SmsCampaign?> FindAsync(long tenantId, long campaignId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<SmsCampaign>(new CommandDefinition(
            $"SELECT {Columns} FROM sms_campaigns WHERE tenant_id = @tenantId AND campaign_id = @campaignId",
            new { tenantId, campaignId },
            cancellationToken: cancellationToken));
    }

    /// <summary>Of all tenants, those that have something to do.</summary>
    public async Task<IReadOnlyList<SmsCampaign>> ListAtWorkAsync(long now, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<SmsCampaign>(new CommandDefinition(
            $"SELECT {Columns} FROM sms_campaigns WHERE state IN (1, 2) AND (state = 2 OR scheduled_at <= @now) ORDER BY campaign_id LIMIT 1000",
            new { now },
            cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>How many of a campaign's messages are in which state.</summary>
    public async Task<IReadOnlyDictionary<SmsState, long>> CountAsync(long tenantId, long campaignId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<(long State, long Count)>(new CommandDefinition(
            """
            SELECT CAST(m.state AS BIGINT), COUNT(*) FROM sms_campaign_messages c
            JOIN sms_messages m ON m.tenant_id = c.tenant_id AND m.message_id = c.message_id
            WHERE c.tenant_id = @tenantId AND c.campaign_id = @campaignId GROUP BY m.state
            """,
            new { tenantId, campaignId },
            cancellationToken: cancellationToken))).ToDictionary(row => (SmsState)row.State, row => row.Count);
    }

    public static Task<SmsCampaign?> GetAsync(UnitOfWork unit, long tenantId, long campaignId) =>
        unit.Connection.QuerySingleOrDefaultAsync<SmsCampaign>(
            $"SELECT {Columns} FROM sms_campaigns WHERE tenant_id = @tenantId AND campaign_id = @campaignId", new { tenantId, campaignId }, unit.Transaction);

    public static Task InsertAsync(UnitOfWork unit, SmsCampaign campaign) => unit.Connection.ExecuteAsync(
        """
        INSERT INTO sms_campaigns (tenant_id, campaign_id, name, state, text, template, variables, filter, connectors, lifetime_seconds, scheduled_at,
                                   created_at, step, queued, segments, no_phone, bad_phone, opted_out, duplicate, no_value, problem)
        VALUES (@TenantId, @CampaignId, @Name, 0, @Text, @Template, @Variables, @Filter, @Connectors, @LifetimeSeconds, @ScheduledAt,
                @CreatedAt, 0, 0, 0, 0, 0, 0, 0, 0, '')
        """,
        ParametersOf(campaign),
        unit.Transaction);

    /// <summary>What an operator may change.</summary>
    public static Task UpdateAsync(UnitOfWork unit, SmsCampaign campaign) => unit.Connection.ExecuteAsync(
        """
        UPDATE sms_campaigns SET name = @Name, text = @Text, template = @Template, variables = @Variables, filter = @Filter, connectors = @Connectors,
                                 lifetime_seconds = @LifetimeSeconds, scheduled_at = @ScheduledAt, version = version + 1
        WHERE tenant_id = @TenantId AND campaign_id = @CampaignId
        """,
        ParametersOf(campaign),
        unit.Transaction);

    /// <summary>False: it was not in the state from which it was to go.</summary>
    public static async Task<bool> MoveAsync(UnitOfWork unit, SmsCampaign campaign, SmsCampaignState to, long now, string problem = "") =>
        await unit.Connection.ExecuteAsync(
            """
            UPDATE sms_campaigns SET state = @to, version = version + 1, problem = @problem,
                                     started_at = CASE WHEN @to = 2 AND started_at IS NULL THEN @now ELSE started_at END,
                                     ended_at = CASE WHEN @to >= 4 THEN @now ELSE NULL END
            WHERE tenant_id = @TenantId AND campaign_id = @CampaignId AND state = @from
            """,
            new { campaign.TenantId, campaign.CampaignId, from = (int)campaign.State, to = (int)to, now, problem },
            unit.Transaction) > 0;

    public static Task DeleteAsync(UnitOfWork unit, long tenantId, long campaignId) => unit.Connection.ExecuteAsync(
        """
        DELETE FROM sms_campaign_messages WHERE tenant_id = @tenantId AND campaign_id = @campaignId;
        DELETE FROM sms_campaigns WHERE tenant_id = @tenantId AND campaign_id = @campaignId
        """,
        new { tenantId, campaignId },
        unit.Transaction);

    /// <summary>Takes the next portion upon itself; false: another server has, or it does not run any more.</summary>
    public static async Task<bool> TakeStepAsync(UnitOfWork unit, SmsCampaign campaign) => await unit.Connection.ExecuteAsync(
        "UPDATE sms_campaigns SET step = step + 1 WHERE tenant_id = @TenantId AND campaign_id = @CampaignId AND state = 2 AND step = @Step",
        new { campaign.TenantId, campaign.CampaignId, campaign.Step },
        unit.Transaction) > 0;

    /// <summary>Writes down what a portion came to, and where the next begins.</summary>
    public static Task AdvanceAsync(UnitOfWork unit, SmsCampaign campaign, SmsCampaignTally tally, string? next, long now)
    {
        DynamicParameters parameters = new(tally);
        parameters.AddDynamicParams(new { campaign.TenantId, campaign.CampaignId, next = next ?? campaign.Place ?? "", isDone = next is null ? 1 : 0, now });
        return unit.Connection.ExecuteAsync(
            """
            UPDATE sms_campaigns SET place = @next, queued = queued + @Queued, segments = segments + @Segments, no_phone = no_phone + @NoPhone,
                                     bad_phone = bad_phone + @BadPhone, opted_out = opted_out + @OptedOut, duplicate = duplicate + @Duplicate,
                                     no_value = no_value + @NoValue, problem = '', state = CASE WHEN @isDone = 1 THEN 4 ELSE state END,
                                     ended_at = CASE WHEN @isDone = 1 THEN @now ELSE ended_at END
            WHERE tenant_id = @TenantId AND campaign_id = @CampaignId
            """,
            parameters,
            unit.Transaction);
    }

    /// <summary>Says what a campaign waits for.</summary>
    public static Task WaitAsync(UnitOfWork unit, SmsCampaign campaign, string problem) => unit.Connection.ExecuteAsync(
        "UPDATE sms_campaigns SET problem = @problem WHERE tenant_id = @TenantId AND campaign_id = @CampaignId AND state = 2",
        new { campaign.TenantId, campaign.CampaignId, problem },
        unit.Transaction);

    /// <summary>Which of these numbers have the campaign's message already.</summary>
    public async Task<HashSet<string>> FindDuplicatesAsync(UnitOfWork unit, SmsCampaign campaign, IReadOnlyList<string> phoneHashes) => phoneHashes.Count == 0 ? [] :
    [
        .. await unit.Connection.QueryAsync<string>(
            $"""
            SELECT phone_hash FROM sms_campaign_messages
            WHERE tenant_id = @TenantId AND campaign_id = @CampaignId AND {database.Dialect.IsAnyOf("phone_hash", "@phoneHashes")}
            """,
            new { campaign.TenantId, campaign.CampaignId, phoneHashes },
            unit.Transaction),
    ];

    public static Task AddMessageAsync(UnitOfWork unit, SmsCampaign campaign, string phoneHash, long messageId) => unit.Connection.ExecuteAsync(
        "INSERT INTO sms_campaign_messages (tenant_id, campaign_id, phone_hash, message_id) VALUES (@TenantId, @CampaignId, @phoneHash, @messageId)",
        new { campaign.TenantId, campaign.CampaignId, phoneHash, messageId },
        unit.Transaction);

    /// <summary>A campaign's messages that no server has handed to a gateway yet.</summary>
    public static async Task<IReadOnlyList<long>> ListWaitingAsync(UnitOfWork unit, SmsCampaign campaign) => (await unit.Connection.QueryAsync<long>(
        """
        SELECT o.message_id FROM sms_outbox o JOIN sms_messages m ON m.tenant_id = o.tenant_id AND m.message_id = o.message_id
        JOIN sms_campaign_messages c ON c.tenant_id = o.tenant_id AND c.phone_hash = m.phone_hash AND c.message_id = o.message_id
        WHERE o.tenant_id = @TenantId AND o.claimed_by IS NULL AND o.priority > 0 AND c.campaign_id = @CampaignId
        """,
        new { campaign.TenantId, campaign.CampaignId },
        unit.Transaction)).AsList();

    /// <summary>Deletes campaigns that ended before, with who got them; returns whether there is more.</summary>
    public static async Task<bool> PruneAsync(UnitOfWork unit, long endedBefore)
    {
        const string Old = "SELECT tenant_id, campaign_id FROM sms_campaigns WHERE state >= 4 AND ended_at < @endedBefore ORDER BY created_at LIMIT 10";
        int messages = await unit.Connection.ExecuteAsync(
            $"""
            DELETE FROM sms_campaign_messages WHERE (tenant_id, campaign_id, phone_hash) IN (
                SELECT tenant_id, campaign_id, phone_hash FROM sms_campaign_messages WHERE (tenant_id, campaign_id) IN ({Old}) LIMIT @PruneLimit)
            """,
            new { endedBefore, PruneLimit },
            unit.Transaction);
        return messages > 0 || await unit.Connection.ExecuteAsync(
            $"DELETE FROM sms_campaigns WHERE (tenant_id, campaign_id) IN ({Old})", new { endedBefore }, unit.Transaction) > 0;
    }

    private static DynamicParameters ParametersOf(SmsCampaign campaign)
    {
        DynamicParameters parameters = new(new
        {
            campaign.TenantId,
            campaign.CampaignId,
            campaign.Name,
            campaign.Text,
            campaign.Variables,
            campaign.Filter,
            campaign.Connectors,
            campaign.LifetimeSeconds,
            campaign.CreatedAt,
        });

        // PostgreSQL wants to know what a null is.
        parameters.Add("Template", campaign.Template, System.Data.DbType.String);
        parameters.Add("ScheduledAt", campaign.ScheduledAt, System.Data.DbType.Int64);
        return parameters;
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Sessions;

/// <summary>How accounting is kept. Section <c>Kiwire:Accounting</c>.</summary>
internal sealed class AccountingOptions
{
    public const string Section = "Kiwire:Accounting";

    /// <summary>
    /// When an Accounting-Request is answered: once its record is synced to the journal on disc (Journal), or once it is also in the
    /// database (Database: slower, and not at all while the database is away).
    /// </summary>
    public AnswerAfter AnswerAfter { get; set; } = AnswerAfter.Journal;

    /// <summary>The interim interval of a session whose NAS and login tell none, seconds. Three without news end a session.</summary>
    [Range(60, 86_400)]
    public int InterimSeconds { get; set; } = 300;

    /// <summary>The most open sessions held in memory; those beyond are kept in the database alone and do not count for simultaneous.</summary>
    [Range(1_000, 20_000_000)]
    public int MaximumOpenSessions { get; set; } = 1_000_000;

    /// <summary>The most journal records that one transaction applies to the database.</summary>
    [Range(1, 100_000)]
    public int ApplyBatch { get; set; } = 4_000;

    /// <summary>Seconds between looks for sessions without news.</summary>
    [Range(1, 3_600)]
    public int StaleCheckSeconds { get; set; } = 15;
}

/// <summary>When an Accounting-Request is answered.</summary>
internal enum AnswerAfter
{
    Journal,
    Database,
}

/// <summary>Refuses what the annotations forbid, at start.</summary>
[OptionsValidator]
internal sealed partial class AccountingOptionsAnnotations : IValidateOptions<AccountingOptions>;

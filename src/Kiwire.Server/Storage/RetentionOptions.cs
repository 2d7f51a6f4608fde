using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Storage;

/// <summary>For how many days what only grows is kept; 0: for ever. Section <c>Kiwire:Retention</c>.</summary>
internal sealed class RetentionOptions
{
    public const string Section = "Kiwire:Retention";

    /// <summary>Logins that were accepted, challenged or refused.</summary>
    [Range(0, 36_500)]
    public int LoginDays { get; set; } = 365;

    /// <summary>Sessions that have ended, by when they were first heard of. For ever unless an operator says otherwise: they may be what is charged by.</summary>
    [Range(0, 36_500)]
    public int SessionDays { get; set; }

    /// <summary>Devices that were refused, by when they last were.</summary>
    [Range(0, 36_500)]
    public int UnauthorisedDeviceDays { get; set; } = 90;

    /// <summary>Who changed what.</summary>
    [Range(0, 36_500)]
    public int AuditDays { get; set; } = 730;

    /// <summary>CoA- and Disconnect-Requests.</summary>
    [Range(0, 36_500)]
    public int CoaDays { get; set; } = 365;
}

/// <summary>Refuses what the annotations forbid, at start.</summary>
[OptionsValidator]
internal sealed partial class RetentionOptionsAnnotations : IValidateOptions<RetentionOptions>;

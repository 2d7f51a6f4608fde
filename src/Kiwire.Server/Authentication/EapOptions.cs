using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Authentication;

/// <summary>Bounds of EAP conversations. Section <c>Kiwire:Eap</c>.</summary>
internal sealed class EapOptions
{
    public const string Section = "Kiwire:Eap";

    /// <summary>How many conversations may be under way at once; past it new ones are refused and counted.</summary>
    [Range(1, 1_000_000)]
    public int MaximumConversations { get; set; } = 10_000;

    /// <summary>How long a peer may take to answer a challenge, seconds: Session-Timeout of each (RFC 3579, 2.3).</summary>
    [Range(1, 300)]
    public int AnswerSeconds { get; set; } = 30;
}

/// <summary>Checks the annotations.</summary>
[OptionsValidator]
internal sealed partial class EapOptionsValidator : IValidateOptions<EapOptions>;

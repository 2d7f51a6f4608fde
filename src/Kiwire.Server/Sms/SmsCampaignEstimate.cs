namespace Kiwire.Server.Sms;

/// <summary>What a campaign would come to.</summary>
/// <param name="Tally">Messages, segments, and who would get none.</param>
/// <param name="IsPartial">There are more accounts than were looked at.</param>
/// <param name="Example">The first message's text; null: there would be none.</param>
internal sealed record SmsCampaignEstimate(SmsCampaignTally Tally, bool IsPartial, string? Example)
{
    /// <summary>So many accounts are looked at.</summary>
    public const int MostAccounts = 100_000;
    private const int PortionAccounts = 1000;

    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public static async Task<SmsCampaignEstimate> OfAsync(
        SmsCampaign campaign, ISmsRecipients recipients, SmsOptOutStore optOuts, CancellationToken cancellationToken)
    {
        SmsCampaignTally total = new();
        HashSet<string> served = new(StringComparer.Ordinal);
        string? example = null;
        string? place = null;
        int looked = 0;
        do
        {
            SmsRecipientPortion accounts = await recipients.ReadAsync(campaign.TenantId, campaign.Recipients, place, PortionAccounts, cancellationToken);
            SmsCampaignPortion portion = SmsCampaignPortion.Of(campaign, accounts.Recipients);
            total.NoPhone += portion.Tally.NoPhone;
            total.BadPhone += portion.Tally.BadPhone;
            total.NoValue += portion.Tally.NoValue;
            total.Duplicate += portion.Tally.Duplicate;
            HashSet<string> unwilling = await optOuts.FindAmongAsync(
                campaign.TenantId, [.. portion.Messages.Select(message => message.Phone.Digits)], cancellationToken);
            foreach (SmsCampaignMessage message in portion.Messages)
            {
                if (unwilling.Contains(message.Phone.Digits))
                {
                    total.OptedOut++;
                }
                else if (!served.Add(message.Phone.Digits))
                {
                    total.Duplicate++;
                }
                else
                {
                    total.Queued++;
                    total.Segments += message.Length.Segments;
                    example ??= message.Text;
                }
            }

            looked += accounts.Recipients.Count;
            place = accounts.Next;
        }
        while (place is not null && looked < MostAccounts);
        return new SmsCampaignEstimate(total, place is not null, example);
    }
}

/** Base paths of central's APIs; relative to the address in the terminal's settings. */
export const CENTRAL_PATHS = {
  catalog: '/tmf-api/productCatalogManagement/v4/catalog',
  productOffering: '/tmf-api/productCatalogManagement/v4/productOffering',
  productOfferingPrice: '/tmf-api/productCatalogManagement/v4/productOfferingPrice',
  productOrder: '/tmf-api/productOrderingManagement/v4/productOrder',
  product: '/tmf-api/productInventory/v4/product',
  customer: '/tmf-api/customerManagement/v4/customer',
  individual: '/tmf-api/party/v4/individual',
  organization: '/tmf-api/party/v4/organization',
  communicationMessage: '/tmf-api/communicationManagement/v4/communicationMessage',
  token: '/oauth/token',
  signIn: '/terminal/v1/sign-in',
  configuration: '/terminal/v1/configuration',
  staffSignIn: '/terminal/v1/staff/sign-in',
  staffCustomers: '/terminal/v1/staff/customers',
  staffCustomerSessions: '/terminal/v1/staff/customer-sessions',
  staffOrders: '/terminal/v1/staff/orders',
} as const;

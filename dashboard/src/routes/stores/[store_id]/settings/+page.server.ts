import { redirect } from '@sveltejs/kit'

export const load = ({ params }) => redirect(303, `/stores/${params.store_id}/settings/store`)
